/**
 * Watches the test files of one `node --test`, each of which is a process of its own: one that does not end in time is
 * ended, with all that it has started, after its name and its stack have been told; and one that ends and leaves
 * processes behind is told of, and they are ended.
 *
 * Node's own limits bound a test, not its file: a file whose tests have all ended lives on for as long as a child, a
 * server or a timer of theirs does, and a loop that never yields cannot be timed by its own process.
 */
import { setTimeout as pause } from "node:timers/promises";
import { signal } from "./interrupt.ts";
import { patientClock } from "./patient-clock.ts";
import { descendantsOf, hasVariable, readProcessTable, type TableRow } from "./process-table.ts";
import { readStack } from "./read-stack.ts";

export type WatchOptions = {
  /** The `node --test`, started with `stackFlags(reportsFolder)`. */
  runnerPid: number;
  /** `NAME=value` in the runner's environment and in no other's: by it a process is known whose parents are gone. */
  variable: string;
  reportsFolder: string;
  /** A file that runs for longer than this hangs; by the patient clock, as is the next. */
  fileMsMax: number;
  /** What a file has started may take this long to end after it. */
  graceMs: number;
  /** Called with what is to be told of a file, in lines. */
  onFault: (text: string) => void;
  everyMs?: number;
};

/** A process that was killed is gone when it has had a processor once more. */
const goneMsMax = 30_000;

export type Watch = {
  /** The runner has ended: ends what is left, and answers how many files were at fault. */
  stop(): Promise<number>;
};

type Watched = {
  file: string;
  row: TableRow;
  /** By the patient clock. */
  sinceMs: number;
  /** By the clock on the wall, for whoever is told. */
  beganAtMs: number;
  /** By id and start: all that the file's process was ever seen to have started. */
  started: Map<string, TableRow>;
  endedAtMs?: number;
};

export function watchTests(options: WatchOptions): Watch {
  const watched = new Map<string, Watched>();
  const stopping = new AbortController();
  const clock = patientClock();
  let faults = 0;

  const fault = (text: string) => {
    faults += 1;
    options.onFault(text);
  };

  async function look(): Promise<void> {
    const table = await readProcessTable();
    const present = new Set(table.map(keyOf));
    for (const row of table.filter(({ parent }) => parent === options.runnerPid)) {
      const key = keyOf(row);
      const known = watched.get(key) ?? {
        file: row.args.at(-1) ?? "",
        row,
        sinceMs: clock.ms,
        beganAtMs: performance.now(),
        started: new Map(),
      };
      watched.set(key, known);
    }
    for (const [key, one] of watched) {
      for (const row of descendantsOf(one.row.pid, table)) one.started.set(keyOf(row), row);
      if (!present.has(key)) await settle(key, one, present);
      else if (clock.ms - one.sinceMs > options.fileMsMax) await endHung(key, one);
    }
  }

  async function endHung(key: string, one: Watched): Promise<void> {
    watched.delete(key);
    const seconds = Math.round((performance.now() - one.beganAtMs) / 1000);
    const stack = await readStack(one.row.pid, options.reportsFolder);
    const started = descendantsOf(one.row.pid, await readProcessTable());
    const hangs = `${one.file} hangs: it has not ended after ${seconds} s`;
    fault([hangs, stack, "it has started, and not ended:", ...inLines(started)].join("\n"));
    await endAll([one.row, ...one.started.values()]);
  }

  /** Of a file whose process has ended: what it has started must end too, soon. */
  async function settle(key: string, one: Watched, present: ReadonlySet<string>): Promise<void> {
    one.endedAtMs ??= clock.ms;
    const left = [...one.started].filter(([started]) => present.has(started)).map(([, row]) => row);
    if (left.length > 0 && clock.ms - one.endedAtMs < options.graceMs) return;
    watched.delete(key);
    if (left.length === 0) return;
    fault([`${one.file} has ended and left behind:`, ...inLines(left)].join("\n"));
    await endAll(left);
  }

  /** What outlived its file before a look could see whose it was. */
  async function endStrays(): Promise<void> {
    const deadline = clock.ms + options.graceMs;
    let strays = await findStrays(options.variable);
    for (; strays.length > 0 && clock.ms < deadline; strays = await findStrays(options.variable)) {
      await pause(100);
    }
    if (strays.length === 0) return;
    fault(["a file has ended and left behind:", ...inLines(strays)].join("\n"));
    await endAll(strays);
  }

  const watching = (async () => {
    while (!stopping.signal.aborted) {
      await look();
      await pause(options.everyMs ?? 2_000, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await watching;
      await look();
      // The runner is gone, so that what runs on of its files is not wanted any more.
      for (const { row, started, endedAtMs } of watched.values()) {
        if (endedAtMs === undefined) await endAll([row, ...started.values()]);
      }
      for (await look(); watched.size > 0; await look()) await pause(50);
      await endStrays();
      return faults;
    },
  };
}

async function findStrays(variable: string): Promise<TableRow[]> {
  const table = await readProcessTable();
  const isStray = await Promise.all(table.map((row) => hasVariable(row, variable)));
  return table.filter((_, index) => isStray[index]);
}

function inLines(rows: readonly TableRow[]): string[] {
  return rows.map(({ pid, args }) => `    ${pid} ${args.join(" ")}`);
}

function keyOf({ pid, startedAt }: TableRow): string {
  return `${pid} ${startedAt}`;
}

/** Kills those that are still the same processes, and what they have started meanwhile, and waits until they are gone. */
async function endAll(rows: readonly TableRow[]): Promise<void> {
  const wanted = new Set(rows.map(keyOf));
  const killed = new Set<string>();
  for (const deadline = performance.now() + goneMsMax; performance.now() < deadline; await pause(20)) {
    const table = await readProcessTable();
    const alive = table.filter((row) => wanted.has(keyOf(row)) || killed.has(keyOf(row)));
    if (alive.length === 0) return;
    const later = alive.flatMap(({ pid }) => descendantsOf(pid, table));
    for (const row of [...alive, ...later]) {
      if (killed.has(keyOf(row))) continue;
      killed.add(keyOf(row));
      signal(row.pid, "SIGKILL");
    }
  }
}
