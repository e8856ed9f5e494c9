/** What the command was asked cannot be done as it was said. */
export class Unclear extends Error {
  override readonly name = "Unclear";
}

/** The one thing that a command is about. */
export function onlyOne(what: string, positionals: readonly string[]): string {
  const [first, ...others] = positionals;
  if (first === undefined || others.length > 0) throw new Unclear(`name one ${what}`);
  return first;
}

/** `parseArgs` throws a TypeError for an option that it does not know. */
export function clear<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Unclear(error instanceof Error ? error.message : String(error));
  }
}
