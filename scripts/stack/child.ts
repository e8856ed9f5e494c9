/**
 * A process of the stack: its log in a file, its readiness in another, its end reported.
 *
 * Children run in process groups of their own, so that Ctrl-C reaches this process alone, which then stops them in order.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, open, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import * as z from "zod";
import { root } from "../commands.ts";
import { environmentWith } from "../config.ts";
import { until } from "../local/until.ts";
import { quickStart } from "../quick-start/index.ts";

export type ChildOptions<Ready> = {
  name: string;
  /** Arguments of node: the script first. */
  args: readonly string[];
  environment: Readonly<Record<string, string>>;
  logFile: string;
  /** The child writes its addresses here once it works. */
  readyFile: string;
  ready: z.ZodType<Ready>;
  readyMsMax: number;
  /** Called as soon as there is a process, long before it is ready. */
  onSpawn: (pid: number) => Promise<void>;
};

export type Child<Ready> = {
  ready: Ready;
  /** Settles when the process has ended, with why; never rejects. */
  ended: Promise<string>;
  /** SIGTERM, then SIGKILL after `graceMs`. */
  stop(graceMs: number): Promise<void>;
};

const tailLines = 15;

/** The last lines of a log; pino's JSON is shortened to what a person reads first. */
export async function tail(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-tailLines).map(readable).join("\n");
}

const LogLine = z.object({ msg: z.string(), err: z.object({ stack: z.string().optional() }).optional() });

function readable(line: string): string {
  try {
    const { msg, err } = LogLine.parse(JSON.parse(line));
    return err?.stack ? `${msg}\n${err.stack}` : msg;
  } catch {
    return line;
  }
}

function endOf(child: ChildProcess): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  child.once("error", (error) => resolve(`it does not start: ${error.message}`));
  child.once("exit", (code, signal) =>
    resolve(signal ? `it was ended by ${signal}` : `it ended with code ${code}`),
  );
  return promise;
}

/** Starts the process and returns once it is ready. Throws, with the tail of its log, when it ends before. */
export async function startChild<Ready>(options: ChildOptions<Ready>): Promise<Child<Ready>> {
  await rm(options.readyFile, { force: true });
  await mkdir(dirname(options.logFile), { recursive: true });
  const log = await open(options.logFile, "w");
  const child = spawn(process.execPath, options.args, {
    cwd: root,
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
    env: environmentWith({ ...quickStart(), ...options.environment, READY_FILE: options.readyFile }),
  });
  await log.close();
  const ended = endOf(child);
  const kill = () => {
    child.kill("SIGKILL");
  };
  const waiting = new AbortController();
  try {
    if (child.pid !== undefined) await options.onSpawn(child.pid);
    const ready = await Promise.race([becomesReady(options, waiting.signal), ended]);
    if (typeof ready === "string") throw new Error(ready);
    return {
      ready: ready.value,
      ended,
      async stop(graceMs) {
        child.kill("SIGTERM");
        const timer = setTimeout(kill, graceMs);
        await ended;
        clearTimeout(timer);
      },
    };
  } catch (error) {
    kill();
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The ${options.name} does not come up: ${why}\n${await tail(options.logFile)}`, {
      cause: error,
    });
  } finally {
    waiting.abort();
  }
}

/** Ends with the signal, so that nobody waits for a child that has ended. */
async function becomesReady<Ready>(
  { readyFile, ready, readyMsMax }: ChildOptions<Ready>,
  signal: AbortSignal,
): Promise<{ value: Ready }> {
  const look = async () => {
    const text = await readFile(readyFile, "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      return { value: ready.parse(JSON.parse(text)) };
    } catch {
      // Half written: it is whole the next time.
      return undefined;
    }
  };
  const because = `it was not ready within ${readyMsMax / 1000} s`;
  return until(look, { withinMs: readyMsMax, because, signal });
}
