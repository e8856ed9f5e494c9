/**
 * Runs the test files that it is given, in their order, one more side by side than there are processors: they wait for
 * others' processes a part of their time. `node --test` would sort them by name, and run the longest alone at the end.
 *
 * Started by `npm test` (`test.ts`), which watches over it.
 */
import { availableParallelism } from "node:os";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    "test-name-pattern": { type: "string", multiple: true, default: [] },
    "test-timeout": { type: "string", default: "Infinity" },
  },
});
const stopping = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stopping.abort());

run({
  files: positionals,
  concurrency: availableParallelism() + 1,
  timeout: Number(values["test-timeout"]),
  testNamePatterns: values["test-name-pattern"],
  signal: stopping.signal,
})
  .on("test:fail", () => {
    process.exitCode = 1;
  })
  .compose(spec)
  .pipe(process.stdout);
