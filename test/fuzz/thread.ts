/** The thread in which a target plays: whatever becomes of it, whoever started it says which input it was. */
import { parentPort, workerData } from "node:worker_threads";
import { type Explored, explore } from "./explore.ts";
import { targets } from "./targets/index.ts";

export type Task = {
  target: string;
  corpus: Uint8Array[];
  seed: number;
  ms: number;
  /** Of an exploration; undefined: these are played once. */
  only: Uint8Array[] | undefined;
  /** How many inputs have begun, and how long the present one is. */
  counts: Int32Array<SharedArrayBuffer>;
  input: Uint8Array<SharedArrayBuffer>;
};

/** Whatever errors are, said in words. */
export type Told = { explored: Explored } | { fault: string };

const { target: name, corpus, seed, ms, only, counts, input } = workerData as Task;
const load = targets.get(name);
if (!parentPort || !load) throw new Error("this file runs as a worker thread, with a target");

function onInput(bytes: Uint8Array): void {
  input.set(bytes.subarray(0, input.length));
  counts[1] = bytes.length;
  Atomics.add(counts, 0, 1);
}

// Most inputs end in a refusal; to collect its stack costs more than the reading.
if (!only) Error.stackTraceLimit = 4;
// What a target waits for may hold no process, such as another thread.
const holding = setInterval(() => {}, 60_000);
const inputs = corpus.map((bytes) => Buffer.from(bytes));
try {
  const target = await load();
  const explored = await explore({
    target: only ? { ...target, seeds: () => only.map((bytes) => Buffer.from(bytes)) } : target,
    corpus: only ? [] : inputs,
    seed,
    ms: only ? 0 : ms,
    onInput,
  });
  parentPort.postMessage({ explored } satisfies Told, []);
} catch (error) {
  const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
  parentPort.postMessage({ fault } satisfies Told, []);
}
clearInterval(holding);
