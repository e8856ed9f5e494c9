/**
 * Finds what a validator never looks at. The validators of `kubernetes-models` check what they know and pass over
 * what they do not, as a server would silently drop it: a misspelt field would go unnoticed.
 *
 * @returns the paths of fields that no validator read, e.g. `/spec/template/spec/containers/0/imagee`
 */
export function findUnknownFields(document: object, validate: (watched: object) => void): string[] {
  const unread = new Set<string>();

  function watch(target: object, path: string): object {
    for (const key of Object.keys(target)) unread.add(`${path}/${key}`);
    return new Proxy(target, {
      get(_, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof key === "symbol") return value;
        const where = `${path}/${key}`;
        const seenBefore = !unread.delete(where);
        return typeof value === "object" && value !== null ? watchAgain(value, where, seenBefore) : value;
      },
    });
  }

  const watched = new Map<string, object>();
  function watchAgain(value: object, where: string, seenBefore: boolean): object {
    const known = watched.get(where);
    if (seenBefore && known) return known;
    const proxy = watch(value, where);
    watched.set(where, proxy);
    return proxy;
  }

  validate(watch(document, ""));
  return [...unread];
}
