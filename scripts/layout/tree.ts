/** The source files of the repository with their imports resolved. */
import { type Manifest, resolveImport, type Target } from "./resolve.ts";
import type { Import, SourceFile } from "./source-file.ts";

export type Edge = Import & { target: Target };
export type TreeFile = SourceFile & { edges: Edge[] };
export type Tree = { files: Map<string, TreeFile>; manifests: readonly Manifest[] };

/** `exists` also knows files that are not sources, such as JSON. */
export function buildTree(
  sources: readonly SourceFile[],
  manifests: readonly Manifest[],
  exists: (path: string) => boolean,
): Tree {
  const files = new Map(
    sources.map((source) => {
      const edges = source.imports.map((entry) => ({
        ...entry,
        target: resolveImport(source.path, entry.specifier, manifests, exists),
      }));
      return [source.path, { ...source, edges }] as const;
    }),
  );
  return { files, manifests };
}

/**
 * The shortest chain of run-time imports from a file to something that `isGoal` accepts; undefined when there is none.
 * Type imports are erased, so they are not followed.
 */
export function findPath(
  tree: Tree,
  start: string,
  isGoal: (target: Target) => boolean,
): string[] | undefined {
  const queue: string[][] = [[start]];
  const seen = new Set([start]);
  for (let chain = queue.shift(); chain; chain = queue.shift()) {
    const file = tree.files.get(chain.at(-1) ?? "");
    for (const { target, typeOnly } of file?.edges ?? []) {
      if (typeOnly || target.kind === "builtin") continue;
      const name = target.kind === "package" ? target.name : target.path;
      if (isGoal(target)) return [...chain, name];
      if (target.kind !== "file" || seen.has(name)) continue;
      seen.add(name);
      queue.push([...chain, name]);
    }
  }
  return undefined;
}
