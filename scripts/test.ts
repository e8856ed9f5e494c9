/**
 * `npm test`: the checks, a build of the console, and every test, against one PostgreSQL made for this run.
 *
 * `npm test -- packages/core/src/quota test/walk.test.ts` runs the tests of these folders and files only.
 */
import "./help.ts";
import { globSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { runChecks } from "./checks.ts";
import { root, run, runAttached, tool } from "./commands.ts";
import { quickStart } from "./quick-start/index.ts";
import { paint, terminal } from "./terminal.ts";
import { batchTests } from "./test-batches.ts";
import { startTestServer } from "./test-server.ts";
import { type Watch, watchTests } from "./watch-tests/index.ts";
import { stackFlags } from "./watch-tests/read-stack.ts";

/** A file that has not ended by then hangs, whatever its tests say. On a busy machine it gets more (`patient-clock.ts`). */
const fileMsMax = 170_000;
/** A test that takes this long, or a suite of them, hangs on any machine: its file has mostly been ended before. */
const testMsMax = 480_000;
const runner = join(root, "scripts/run-tests.ts");
/** What a file has started ends with it, or this much later. */
const graceMs = 15_000;
const folders = [
  "test",
  "packages",
  "functions",
  "gpu-worker",
  "edge-gateway",
  "web",
  "infra",
  "load-tests",
  "scripts",
];

/** All test files, those that start the most first, so that none of them is left running alone at the end. */
function listTests(): string[] {
  return folders.flatMap((folder) =>
    globSync(`${folder}/**/*.test.{ts,tsx}`, {
      cwd: root,
      exclude: (path) => /(^|\/)(node_modules|dist|\.sst)$/.test(path),
    }).toSorted(),
  );
}

/** The tests at or below the named paths. Throws for a path that names none. */
function select(all: readonly string[], named: readonly string[]): string[] {
  const selected = named.map((name) => {
    const wanted = relative(root, resolve(name));
    const found = all.filter((path) => path === wanted || path.startsWith(`${wanted}/`));
    if (found.length === 0) throw new Error(`no test file at or below ${name}`);
    return found;
  });
  return [...new Set(selected.flat())];
}

async function buildConsole(): Promise<void> {
  const { code, output } = await run(tool("vite"), ["build", "web", "--logLevel", "warn"]);
  if (code !== 0) throw new Error(`the console does not build:\n${output}`);
}

function tellFault(text: string): void {
  terminal.line(`\n${paint("red", "✖")} ${text}\n`);
}

async function runTests(
  files: readonly string[],
  flags: readonly string[],
  stopping: AbortSignal,
): Promise<number> {
  await using server = await terminal.step("PostgreSQL", startTestServer);
  if (stopping.aborted) return 1;
  terminal.line();
  const reportsFolder = await mkdtemp(join(tmpdir(), "vigil-hung-tests-"));
  const variable = `TEST_DATABASE_URL=${server.url}`;
  let watch: Watch | undefined;
  try {
    const batched = await batchTests(files, root, reportsFolder);
    const all = [...stackFlags(reportsFolder), runner, `--test-timeout=${testMsMax}`, ...flags, ...batched];
    const code = await runAttached(process.execPath, all, {
      environment: { TEST_DATABASE_URL: server.url, ...quickStart() },
      stopping,
      onSpawn(runnerPid) {
        watch = watchTests({ runnerPid, variable, reportsFolder, fileMsMax, graceMs, onFault: tellFault });
      },
    });
    const faults = (await watch?.stop()) ?? 0;
    return faults > 0 ? 1 : code;
  } finally {
    await rm(reportsFolder, { recursive: true, force: true });
  }
}

/** Ends the tests and then the server on a signal. Ctrl-C reaches the tests by itself too. */
function stopOnSignals(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stopping.abort());
  return stopping.signal;
}

async function main(stopping: AbortSignal): Promise<number> {
  const flags = process.argv.slice(2).filter((argument) => argument.startsWith("-"));
  const named = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
  const all = listTests();
  if (named.length > 0) return runTests(select(all, named), flags, stopping);
  const sound = await runChecks(terminal);
  await terminal.step("console", buildConsole);
  const code = await runTests(all, flags, stopping);
  if (!sound) terminal.line(`\n${paint("red", "The checks failed")}: see above the tests.`);
  return sound ? code : 1;
}

try {
  process.exitCode = await main(stopOnSignals());
} catch (error) {
  terminal.line(`\n${paint("red", "Stopped.")} ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
