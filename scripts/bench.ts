/**
 * `npm run bench -- worker --seconds 60` runs one benchmark with its own options; without a name, all of them in turn.
 * Each prints a table with ratios against a baseline of the same run; none passes or fails on an absolute time.
 */
import { globSync } from "node:fs";
import { basename } from "node:path";
import { root, runAttached } from "./commands.ts";
import { terminal } from "./terminal.ts";

const benches = new Map(
  globSync("{{packages/*,functions,gpu-worker,edge-gateway}/bench,test/*}/*.bench.ts", { cwd: root })
    .toSorted()
    .map((file) => [basename(file, ".bench.ts"), file]),
);

const [name, ...options] = process.argv.slice(2);
const chosen = name === undefined || name.startsWith("-") ? [...benches.keys()] : [name];

if (name === "--help" || chosen.some((one) => !benches.has(one))) {
  if (name !== "--help") terminal.line(`There is no benchmark ${name}.`);
  terminal.line(`npm run bench -- [name] [its options]\n\nBenchmarks: ${[...benches.keys()].join(", ")}`);
  process.exitCode = name === "--help" ? 0 : 2;
} else {
  for (const one of chosen) {
    terminal.line(`\n${one}`);
    const code = await runAttached(process.execPath, [benches.get(one) ?? "", ...options]);
    if (code !== 0) process.exitCode = code;
  }
}
