/** Where a file stands in the tree, and so what it may import. */

export type CoreArea = {
  area: "base" | "platform" | "db" | "outbox" | "flow" | "noun";
  noun: string;
  name: string;
};

/** Folders of `packages/core/src` that are not nouns. `seed` tells the story of a first account, like a flow. */
const coreAreas: Record<string, CoreArea["area"]> = {
  platform: "platform",
  db: "db",
  outbox: "outbox",
  flow: "flow",
  seed: "flow",
};

const core = "packages/core";

/** The parts of the repository that may not import each other at will, longest path first. */
const workspaces = [
  core,
  "packages/client",
  "packages/verify",
  "packages/cli",
  "functions",
  "gpu-worker",
  "edge-gateway",
  "web",
  "load-tests",
] as const;
export type Workspace = (typeof workspaces)[number] | "root";

export function workspaceOf(path: string): Workspace {
  return workspaces.find((workspace) => path.startsWith(`${workspace}/`)) ?? "root";
}

/** Undefined for a file outside of `packages/core/src`. */
export function coreAreaOf(path: string): CoreArea | undefined {
  const inside = /^packages\/core\/src\/(.+)$/.exec(path)?.[1];
  if (inside === undefined) return undefined;
  const [folder = "", ...rest] = inside.split("/");
  if (rest.length === 0) return { area: "base", noun: "", name: folder };
  return { area: coreAreas[folder] ?? "noun", noun: folder, name: rest.join("/") };
}

/** Tests, their doubles and benchmarks never reach production, so production rules do not bind them. */
export function isTestCode(path: string): boolean {
  return (
    /\.test\.tsx?$|\.bench\.ts$/.test(path) ||
    /(^|\/)(testing|bench|fixtures)\//.test(path) ||
    /^(test|load-tests)\//.test(path)
  );
}
