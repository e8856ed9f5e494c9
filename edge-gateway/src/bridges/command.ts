/** Alarms to a program of the site: it is started for each change of an alarm, which it gets as JSON on standard input. */
import { spawn } from "node:child_process";
import { type Level, rank } from "@vigil/core/level";
import type { AlarmRecord } from "../alarm/alarm-record.ts";
import type { AlarmSink, Change } from "../alarm/alarm-sink.ts";
import type { Log } from "../log.ts";

export type CommandOptions = {
  run: readonly string[];
  secondsMax: number;
  /** Alarms below it are not told, as long as they are. */
  levelMin: Level;
  log: Log;
};

/** Programs that run at once; further alarms wait. */
const commandsAtOnceMax = 4;
const waitingMax = 200;
/** Alarms that were told and have not ended; of more than these the end of the oldest is not told. */
const openMax = 1_000;

export function openCommand({ run, secondsMax, levelMin, log }: CommandOptions): AlarmSink {
  const [program = "", ...args] = run;
  const counters = { delivered: 0, lost: 0, waiting: 0 };
  const queue: AlarmRecord[] = [];
  const children = new Set<ReturnType<typeof spawn>>();
  const open = new Set<string>();

  /** Whether the program is to know: an alarm that is bad enough, and the end of one that it was told of. */
  function concerns({ id, state, verdict }: AlarmRecord): boolean {
    if (state === "cleared") return open.delete(id);
    if (rank(verdict.level) < rank(levelMin)) return false;
    open.add(id);
    for (const oldest of open) {
      if (open.size <= openMax) break;
      open.delete(oldest);
    }
    return true;
  }

  /** @returns why it failed; undefined when it ended with 0 */
  async function execute(alarm: AlarmRecord): Promise<string | undefined> {
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    const child = spawn(program, args, {
      stdio: ["pipe", "ignore", "ignore"],
      timeout: secondsMax * 1000,
      killSignal: "SIGKILL",
    });
    children.add(child);
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => resolve(code === 0 ? undefined : `ended with ${signal ?? code}`));
    // A program that does not read its input is none the worse for it.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(JSON.stringify(alarm));
    const why = await promise;
    children.delete(child);
    return why;
  }

  async function next(): Promise<void> {
    const alarm = queue.shift();
    if (!alarm) return;
    const why = await execute(alarm);
    counters.waiting -= 1;
    if (why === undefined) counters.delivered += 1;
    else {
      counters.lost += 1;
      log.error({ program, why }, "the alarm's program failed");
    }
    await next();
  }

  return {
    name: "command",
    tell(alarm: AlarmRecord, change: Change) {
      // A siren does not sound again because the cloud has spoken.
      if (change === "verdict" || !concerns(alarm)) return;
      if (counters.waiting >= waitingMax) {
        counters.lost += 1;
        return;
      }
      counters.waiting += 1;
      queue.push(alarm);
      if (children.size < commandsAtOnceMax) void next();
    },
    counters: () => ({ ...counters }),
    async stop() {
      queue.length = 0;
      for (const child of children) child.kill("SIGKILL");
    },
  };
}
