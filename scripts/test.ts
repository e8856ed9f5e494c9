/**
 * `npm test`: the checks, a build of the console, and every test, against one PostgreSQL made for this run.
 *
 * `npm test -- packages/core/src/quota test/walk.test.ts` runs the tests of these folders and files only.
 */
import { randomBytes } from "node:crypto";
import { globSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { runChecks } from "./checks.ts";
import { root, run, runAttached, tool } from "./commands.ts";
import { startPostgres } from "./local/postgres.ts";
import { paint, terminal } from "./terminal.ts";

const testMsMax = 2 * 60_000;
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

async function runTests(files: readonly string[], flags: readonly string[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "vigil-test-"));
  try {
    await using postgres = await terminal.step("PostgreSQL", () =>
      startPostgres({
        dataDir: join(folder, "postgres"),
        logFile: join(folder, "postgres.log"),
        password: randomBytes(16).toString("hex"),
        volatile: true,
      }),
    );
    terminal.line();
    const settings = [
      "--test",
      `--test-concurrency=${availableParallelism()}`,
      `--test-timeout=${testMsMax}`,
    ];
    return await runAttached(process.execPath, [...settings, ...flags, ...files], {
      TEST_DATABASE_URL: postgres.url("postgres"),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  const flags = process.argv.slice(2).filter((argument) => argument.startsWith("-"));
  const named = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
  const all = listTests();
  if (named.length > 0) return runTests(select(all, named), flags);
  const sound = await runChecks(terminal);
  await terminal.step("console", buildConsole);
  const code = await runTests(all, flags);
  if (!sound) terminal.line(`\n${paint("red", "The checks failed")}: see above the tests.`);
  return sound ? code : 1;
}

// Ctrl-C reaches the test runner too; its end lets the database stop and the folder go.
process.on("SIGINT", () => undefined);
try {
  process.exitCode = await main();
} catch (error) {
  terminal.line(`\n${paint("red", "Stopped.")} ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
