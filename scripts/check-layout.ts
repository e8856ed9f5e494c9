/**
 * Checks the rules of the tree (`layout/rules.ts`) and prints each fault as `path:line: [rule] what is wrong`.
 * Exit code 1 when there is one.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import type { Manifest } from "./layout/resolve.ts";
import { rules } from "./layout/rules.ts";
import { parseSource } from "./layout/source-file.ts";
import { buildTree } from "./layout/tree.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sourceName = /\.(ts|tsx|mjs|css)$/;
const generated = /\.gen\.(d\.)?ts$/;

const PackageJson = z.object({
  name: z.string().default(""),
  exports: z.record(z.string(), z.string()).default({}),
});

/** Tracked files, and new ones that are not ignored. */
function listFiles(): string[] {
  const output = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return output.split("\0").filter((path) => path !== "" && existsSync(join(root, path)));
}

function readManifest(path: string): Manifest {
  const { name, exports } = PackageJson.parse(JSON.parse(readFileSync(join(root, path), "utf8")));
  return {
    name,
    folder: dirname(path) === "." ? "" : dirname(path),
    exports,
  };
}

const paths = listFiles();
const present = new Set(paths);
const manifests = paths.filter((path) => /(^|\/)package\.json$/.test(path)).map(readManifest);
const sources = paths
  .filter((path) => sourceName.test(path) && !generated.test(path))
  .map((path) => parseSource(path, readFileSync(join(root, path), "utf8")));
const tree = buildTree(sources, manifests, (path) => present.has(path));
const faults = rules.flatMap((rule) => rule(tree));

for (const { path, line, rule, detail } of faults.toSorted(
  (a, b) => a.path.localeCompare(b.path) || a.line - b.line,
)) {
  process.stdout.write(`${path}:${line}: [${rule}] ${detail}\n`);
}
if (faults.length > 0) {
  process.stdout.write(`\n${faults.length} faults in ${sources.length} files.\n`);
  process.exitCode = 1;
}
