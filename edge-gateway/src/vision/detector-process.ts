/**
 * A detector as a child process: pictures in, what stands in them out, one after the other. Few wait; who comes then is sent
 * away, because an old picture is worth less than the next one. It is begun anew when it dies or hangs.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { Box } from "@vigil/core/digest/wire";
import * as z from "zod";

const waitingMax = 8;
const lookMsMax = 15_000;
const pausesMs = { first: 250, most: 60_000 };
const wordsMax = 2_000;

const Prediction = z.object({ label: z.string().max(64), confidence: z.number().min(0).max(1), box: Box });
const Line = z.union([
  z.object({ ready: z.literal(true), model: z.string().max(100) }),
  z.object({
    width: z.int().min(1),
    height: z.int().min(1),
    detections: z.array(Prediction).max(1_000),
  }),
  z.object({ error: z.string() }),
]);

export type Look = { width: number; height: number; detections: z.infer<typeof Prediction>[] };

/** It cannot look now; the message says why. */
export class NotNow extends Error {
  override readonly name = "NotNow";
}

export type DetectorProcess = {
  readonly model: string | undefined;
  readonly looked: number;
  readonly dropped: number;
  /** Rejects with a `NotNow`, or with why this picture cannot be looked at. */
  look(jpeg: Uint8Array): Promise<Look>;
  stop(): Promise<void>;
};

type Asked = { jpeg: Uint8Array; answer: PromiseWithResolvers<Look> };

/** Who is looked at, and who waits. */
function createTurns(onLate: () => void) {
  const waiting: Asked[] = [];
  let current: (Asked & { late: NodeJS.Timeout }) | undefined;
  let dropped = 0;
  return {
    get dropped() {
      return dropped;
    },
    /** Rejects at once when too many wait. */
    ask(jpeg: Uint8Array): Promise<Look> {
      if (waiting.length >= waitingMax) {
        dropped++;
        return Promise.reject(new NotNow(`${waitingMax} pictures wait for the detector already`));
      }
      const answer = Promise.withResolvers<Look>();
      waiting.push({ jpeg, answer });
      return answer.promise;
    },
    /** The next one; undefined while one is looked at, and when nobody waits. */
    begin(): Uint8Array | undefined {
      const next = current ? undefined : waiting.shift();
      if (next) current = { ...next, late: setTimeout(onLate, lookMsMax) };
      return next?.jpeg;
    },
    settle(by: Look | Error): void {
      if (!current) return;
      clearTimeout(current.late);
      const { answer } = current;
      current = undefined;
      if (by instanceof Error) answer.reject(by);
      else answer.resolve(by);
    },
    rejectAll(why: NotNow): void {
      this.settle(why);
      for (const { answer } of waiting.splice(0)) answer.reject(why);
    },
  };
}

/**
 * One child from its beginning to its end.
 *
 * @param onLine throws for what is no answer, which ends it. @returns why it has ended
 */
function startChild(run: readonly [string, ...string[]], onLine: (line: string) => void) {
  const [program, ...rest] = run;
  const child: ChildProcess = spawn(program, rest, { stdio: ["pipe", "pipe", "pipe"] });
  let [words, isTrusted] = ["", true];
  child.stderr?.on("data", (piece: Buffer) => {
    words = (words + piece.toString()).slice(-wordsMax);
  });
  child.stdin?.on("error", () => child.kill("SIGKILL"));
  if (child.stdout) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (!isTrusted) return;
      try {
        onLine(line);
      } catch {
        isTrusted = false;
        words = "it said something that is no answer";
        child.kill("SIGKILL");
      }
    });
  }
  const ended = Promise.withResolvers<string>();
  child.once("error", (error) => ended.resolve(error.message));
  child.once("close", (code, signal) => {
    ended.resolve(words.trim().split("\n").at(-1)?.slice(0, 200) || `it ended (${signal ?? code})`);
  });
  return { child, ended: ended.promise };
}

/** @param run the program and its arguments */
export function openDetector(run: readonly [string, ...string[]]): DetectorProcess {
  const stopping = new AbortController();
  let child: ChildProcess | undefined;
  let [model, why, looked]: [string | undefined, string, number] = [undefined, "", 0];
  const turns = createTurns(() => child?.kill("SIGKILL"));

  function turn(): void {
    const next = model === undefined ? undefined : turns.begin();
    if (!next) return;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(next.length);
    child?.stdin?.write(length);
    child?.stdin?.write(next);
  }

  function take(text: string): void {
    const line = Line.parse(JSON.parse(text));
    if ("ready" in line) model = line.model;
    else if ("error" in line) turns.settle(new Error(line.error.slice(0, 200)));
    else {
      looked++;
      turns.settle(line);
    }
    turn();
  }

  async function supervise(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      const before = looked;
      const started = startChild(run, take);
      child = started.child;
      why = await started.ended;
      [child, model] = [undefined, undefined];
      turns.rejectAll(new NotNow(`the detector ended: ${why}`));
      failures = looked > before ? 0 : failures + 1;
      const ms = Math.min(pausesMs.most, pausesMs.first * 2 ** failures);
      await pause(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const running = supervise();
  return {
    get model() {
      return model;
    },
    get looked() {
      return looked;
    },
    get dropped() {
      return turns.dropped;
    },
    look(jpeg) {
      if (model === undefined) {
        const detail = why === "" ? "it starts" : why;
        return Promise.reject(new NotNow(`the detector is not ready: ${detail}`));
      }
      const answer = turns.ask(jpeg);
      turn();
      return answer;
    },
    async stop() {
      stopping.abort();
      child?.kill("SIGKILL");
      await running;
    },
  };
}
