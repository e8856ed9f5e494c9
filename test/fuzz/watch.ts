/** Plays one target in a thread of its own, which it ends when an input takes too long or more memory than it may have. */
import { Worker } from "node:worker_threads";
import type { Explored } from "./explore.ts";
import type { Task, Told } from "./thread.ts";

export type Fault = { what: string; input: Buffer };
export type Watched = { explored: Explored } | { fault: Fault };

const inputBytesMax = 1024 * 1024;
const heapMegabytesMax = 768;
const lookEveryMs = 500;
/** By the wall: another machine's load is no fault. */
const hangMs = 20_000;
const grownBytesMax = 64 * 1024 * 1024;

export async function watch(task: Omit<Task, "counts" | "input">): Promise<Watched> {
  const counts = new Int32Array(new SharedArrayBuffer(8));
  const input = new Uint8Array(new SharedArrayBuffer(inputBytesMax));
  const lastInput = () => Buffer.from(input.slice(0, Math.min(counts[1] ?? 0, inputBytesMax)));
  const { promise, resolve } = Promise.withResolvers<Watched>();
  const fail = (what: string) => resolve({ fault: { what, input: lastInput() } });
  const worker = new Worker(new URL("thread.ts", import.meta.url), {
    workerData: { ...task, counts, input } satisfies Task,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytesMax },
  });
  worker.on("message", (told: Told) => {
    if ("fault" in told) fail(told.fault);
    else if (told.explored.grownBytes > grownBytesMax) {
      fail(`memory grew by ${told.explored.grownBytes} bytes`);
    } else resolve(told);
  });
  // What was thrown where nobody waits for it, a rejection that nobody handles, and no memory left.
  worker.on("error", (error) =>
    fail(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
  worker.on("exit", (code) => fail(`the thread ended with ${code}`));
  let [begun, sinceMs] = [0, performance.now()];
  const looking = setInterval(() => {
    const now = Atomics.load(counts, 0);
    if (now !== begun) [begun, sinceMs] = [now, performance.now()];
    else if (begun > 0 && performance.now() - sinceMs > hangMs) {
      fail(`one input took more than ${hangMs / 1_000} s`);
    }
  }, lookEveryMs);
  try {
    return await promise;
  } finally {
    clearInterval(looking);
    await worker.terminate();
  }
}
