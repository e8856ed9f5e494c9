/**
 * `npm run bench`: lists the benchmarks. `npm run bench -- worker --frames DIR` runs one with its own options.
 * A benchmark prints medians and ratios against a baseline of the same run; none passes or fails on a time.
 */
import { globSync } from "node:fs";
import { basename } from "node:path";
import { root, runAttached } from "./commands.ts";
import { terminal } from "./terminal.ts";

const ending = ".bench.ts";
const benches = new Map(
  globSync(`{packages/*,functions,gpu-worker,edge-gateway}/bench/*${ending}`, { cwd: root })
    .toSorted()
    .map((path) => [basename(path, ending), path] as const),
);

const [name, ...options] = process.argv.slice(2);
const path = name === undefined ? undefined : benches.get(name);
if (path) {
  process.exitCode = await runAttached(process.execPath, [path, ...options]);
} else {
  if (name !== undefined) terminal.line(`There is no benchmark ${name}.`);
  terminal.line(`npm run bench -- <name> [options]; the names are ${[...benches.keys()].join(", ")}.`);
  process.exitCode = name === undefined ? 0 : 1;
}
