/** Resolves an import to a file of the repository, the way Node does. */
import { dirname, join, normalize } from "node:path/posix";

export type Manifest = {
  name: string;
  /** The folder of the package.json, from the root. */
  folder: string;
  exports: Record<string, string>;
};

export type Target =
  | { kind: "file"; path: string }
  | { kind: "missing"; path: string }
  | { kind: "package"; name: string }
  | { kind: "builtin" };

/** `@scope/name/sub` -> `@scope/name`. */
function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** Node takes the pattern with the longest part before its `*`, then the longest pattern. */
function matchExports(exports: Record<string, string>, subpath: string): string | undefined {
  if (exports[subpath] !== undefined) return exports[subpath];
  const patterns = Object.entries(exports)
    .map(([pattern, target]) => ({ pattern, target, parts: pattern.split("*") }))
    .filter(({ parts }) => parts.length === 2)
    .toSorted(
      (a, b) => (b.parts[0] ?? "").length - (a.parts[0] ?? "").length || b.pattern.length - a.pattern.length,
    );
  for (const { target, parts } of patterns) {
    const [before = "", after = ""] = parts;
    if (subpath.length < before.length + after.length) continue;
    if (!subpath.startsWith(before) || !subpath.endsWith(after)) continue;
    return target.replaceAll("*", subpath.slice(before.length, subpath.length - after.length));
  }
  return undefined;
}

/** `exists` tells whether a path from the root is a file. */
export function resolveImport(
  from: string,
  specifier: string,
  manifests: readonly Manifest[],
  exists: (path: string) => boolean,
): Target {
  if (specifier.startsWith("node:")) return { kind: "builtin" };
  if (specifier.startsWith(".")) {
    const path = normalize(join(dirname(from), specifier.replace(/\?.*$/, "")));
    return { kind: exists(path) ? "file" : "missing", path };
  }
  const name = packageName(specifier);
  const manifest = manifests.find((candidate) => candidate.name === name);
  if (!manifest) return { kind: "package", name };
  const subpath = specifier === name ? "." : `.${specifier.slice(name.length)}`;
  const target = matchExports(manifest.exports, subpath);
  const path =
    target === undefined ? `${manifest.folder} (exports ${subpath})` : join(manifest.folder, target);
  return { kind: target !== undefined && exists(path) ? "file" : "missing", path };
}
