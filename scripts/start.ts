/** `npm start`: runs the whole of Vigil on this machine, plays a sample feed, and shows the first digest. */
import { mkdir } from "node:fs/promises";
import { photographNames, readPhotograph } from "./feed/photographs.ts";
import { AlreadyRunning, takeLock } from "./local/lock.ts";
import { readJson } from "./stack/keep-json.ts";
import { LocalFile } from "./stack/local-file.ts";
import { help, type Options, parseOptions } from "./stack/options.ts";
import { endNoted } from "./stack/orphans.ts";
import { paths, throwAway } from "./stack/paths.ts";
import { runUntilEnd } from "./stack/run.ts";
import { describeRunning } from "./stack/show-stack.ts";
import { startStack } from "./stack/stack.ts";
import { paint, terminal } from "./terminal.ts";

async function fetchPhotographs(): Promise<void> {
  await terminal.step("photographs", async (report) => {
    let there = 0;
    const tell = () => report(`${there} of ${photographNames.length}`);
    tell();
    const fetches = photographNames.map(async (name) => {
      await readPhotograph(name, { cacheDir: paths.cache });
      there += 1;
      tell();
    });
    await Promise.all(fetches);
  });
}

/** The first signal asks for an orderly end, the second one takes it. */
function stopOnSignals(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (stopping.signal.aborted) {
        terminal.line("\n  Stopping at once.");
        void endNoted().finally(() => process.exit(130));
        return;
      }
      terminal.line(`\n  Stopping ${paint("dim", "(once more to stop at once)")}`);
      stopping.abort();
    });
  }
  return stopping.signal;
}

async function run(options: Options, signal: AbortSignal): Promise<number> {
  terminal.line(`\n  ${paint("bold", "Vigil")} ${paint("dim", "on this machine")}\n`);
  if (options.fresh) await throwAway();
  const photographs = options.feed ? fetchPhotographs() : Promise.resolve();
  // Its failure is met below, where it is awaited.
  photographs.catch(() => undefined);
  const stack = await startStack(options, terminal, (text) => terminal.line(`  ${paint("yellow", text)}`));
  try {
    await photographs;
    return await runUntilEnd(options, stack, signal, terminal);
  } finally {
    await terminal.step("stopped", () => stack.stop());
  }
}

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    terminal.line(help);
    return 0;
  }
  await mkdir(paths.base, { recursive: true });
  const lock = await takeLock(paths.lock);
  try {
    return await run(options, stopOnSignals());
  } finally {
    await lock.release();
  }
}

async function explain(error: unknown): Promise<void> {
  if (error instanceof AlreadyRunning) {
    const local = await readJson(paths.local, LocalFile);
    for (const line of describeRunning(error.holder.pid, local)) terminal.line(line);
    return;
  }
  terminal.line(
    `\n  ${paint("red", "Vigil stopped:")} ${error instanceof Error ? error.message : String(error)}\n`,
  );
}

try {
  process.exitCode = await main();
} catch (error) {
  await explain(error);
  process.exitCode = 1;
}
