/**
 * Several lanes behind one queue of images.
 *
 * Each lane has at most two lists of images in hand: one that runs and one that waits in its mailbox, so that it
 * never idles while the main thread is busy. Images that yield wait here instead, behind all others, and share a list with
 * none: whoever comes waits for what runs. A lane that crashes or hangs is replaced. The images that it was running
 * are tried once more, each alone, so that one that always brings a lane down answers with an error and costs its
 * neighbours nothing but time.
 */

import { ThreadStuck } from "@vigil/core/platform/worker-thread";
import type { DetectedImage } from "./detected-image.ts";
import type { Detected, Lane } from "./lane.ts";
import type { LaneImage } from "./messages.ts";

export type PoolOptions = {
  startLane: () => Promise<Lane>;
  lanes: number;
  /** Images that go to a lane at once, at most. */
  batchMax: number;
  onLog: (message: string, fields: Record<string, unknown>) => void;
};

export type PoolStats = {
  /** Images answered, with or without error. */
  images: number;
  errors: number;
  /** Calls of the runtime. */
  runs: number;
  laneRestarts: number;
  /** Images that brought a lane down twice. */
  poisoned: number;
  inFlight: number;
  /** False when lanes no longer start: only a new process helps. */
  isUsable: boolean;
};

export type DetectOptions = {
  signal?: AbortSignal | undefined;
  /** These images let all others pass, also those that come later. */
  yields?: boolean;
};

export type Pool = {
  /** Answers in the order of `images`. Rejects when aborted, closed, or no lane starts any more. */
  detect(images: readonly LaneImage[], options?: DetectOptions): Promise<DetectedImage[]>;
  stats(): PoolStats;
  close(): Promise<void>;
};

type Item = {
  image: LaneImage;
  answer: PromiseWithResolvers<DetectedImage>;
  /** Lanes that went down while this image ran. */
  falls: number;
  yields: boolean;
  isWanted: () => boolean;
};

type LaneSlot = { lane: Lane | undefined; batches: Item[][] };

const batchesPerLaneMax = 2;
const startAttemptsMax = 3;
const fallsMax = 2;
/** Threads that may be left behind inside the runtime. */
const stuckMax = 3;

/** Rejects when the first lanes do not start. */
export async function createPool(options: PoolOptions): Promise<Pool> {
  const pool = new LanePool(options);
  await pool.start();
  return pool;
}

class LanePool implements Pool {
  readonly #options: PoolOptions;
  readonly #slots: LaneSlot[] = [];
  readonly #queue: Item[] = [];
  readonly #counts = { images: 0, errors: 0, runs: 0, laneRestarts: 0, poisoned: 0 };
  #batchMax: number;
  #inFlight = 0;
  #stuck = 0;
  #failure: Error | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#batchMax = options.batchMax;
  }

  async start(): Promise<void> {
    const started = await Promise.allSettled(
      Array.from({ length: this.#options.lanes }, this.#options.startLane),
    );
    const refused = started.find((lane) => lane.status === "rejected");
    for (const lane of started) {
      if (lane.status !== "fulfilled") continue;
      if (refused) lane.value.abandon(new Error("another lane did not start"));
      else this.#slots.push({ lane: lane.value, batches: [] });
    }
    if (refused) throw refused.reason;
  }

  async detect(images: readonly LaneImage[], options: DetectOptions = {}): Promise<DetectedImage[]> {
    const { signal, yields = false } = options;
    signal?.throwIfAborted();
    if (this.#failure) throw this.#failure;
    const isWanted = () => !signal?.aborted;
    const items = images.map(
      (image): Item => ({
        image,
        answer: Promise.withResolvers<DetectedImage>(),
        falls: 0,
        yields,
        isWanted,
      }),
    );
    const aborted = Promise.withResolvers<never>();
    const abort = () => aborted.reject(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    this.#queue.push(...items);
    this.#letPass();
    this.#inFlight += items.length;
    this.#fillSlots();
    const answered = Promise.all(items.map((item) => item.answer.promise));
    try {
      return await Promise.race([answered, aborted.promise]);
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  stats(): PoolStats {
    return { ...this.#counts, inFlight: this.#inFlight, isUsable: this.#failure === undefined };
  }

  async close(): Promise<void> {
    this.#stop(new Error("the detector is closed"));
    await Promise.all(this.#slots.map(async (slot) => await slot.lane?.close()));
  }

  /** Nothing new is taken; what has not reached a lane is given up. */
  #stop(failure: Error): void {
    this.#failure ??= failure;
    for (const { answer } of this.#queue.splice(0)) this.#settle(() => answer.reject(failure));
  }

  /** Images that yield come last, all others in the order in which they came. */
  #letPass(): void {
    this.#queue.sort((one, other) => Number(one.yields) - Number(other.yields));
  }

  #settle(answer: () => void): void {
    this.#inFlight -= 1;
    answer();
  }

  /** First one batch for each lane, then a second one behind it: no lane starves while another has two. */
  #fillSlots(): void {
    for (let depth = 0; depth < batchesPerLaneMax; depth += 1) {
      for (const slot of this.#slots) {
        if (!slot.lane || slot.batches.length !== depth) continue;
        const batch = this.#nextBatch(slot);
        if (batch.length > 0) void this.#run(slot, slot.lane, batch);
      }
    }
  }

  /** Spreads the queue over the lanes. An image under suspicion runs alone, with nothing behind it. */
  #nextBatch(slot: LaneSlot): Item[] {
    const isSuspect = (item: Item | undefined) => item !== undefined && item.falls > 0;
    if (slot.batches.some((batch) => isSuspect(batch[0]))) return [];
    const yields = this.#queue[0]?.yields ?? false;
    if (yields && slot.batches.length > 0) return [];
    const alike = this.#queue.filter((item) => item.yields === yields).length;
    const share = Math.ceil(alike / this.#slots.length);
    const size = Math.min(this.#batchMax, share);
    const batch: Item[] = [];
    while (batch.length < size) {
      const [item] = this.#queue;
      if (!item || item.yields !== yields) break;
      if (!item.isWanted()) {
        this.#queue.shift();
        this.#settle(() => item.answer.resolve({ error: "aborted" }));
        continue;
      }
      if (isSuspect(item)) {
        if (batch.length > 0 || slot.batches.length > 0) break;
        this.#queue.shift();
        return [item];
      }
      this.#queue.shift();
      batch.push(item);
    }
    return batch;
  }

  async #run(slot: LaneSlot, lane: Lane, batch: Item[]): Promise<void> {
    slot.batches.push(batch);
    let detected: Detected;
    try {
      detected = await lane.detect(batch.map((item) => item.image));
    } catch (error) {
      // The batch that ran is the first; those behind it fail with it and are dealt with there.
      if (slot.batches[0] === batch && slot.lane === lane) await this.#replace(slot, error);
      return;
    }
    slot.batches.shift();
    this.#counts.runs += detected.runs;
    this.#lowerBatchMax(detected.batchMax);
    batch.forEach((item, index) => {
      this.#answer(item, detected.results[index] ?? { error: "the lane gave no answer for this image" });
    });
    this.#fillSlots();
  }

  #answer(item: Item, result: DetectedImage): void {
    this.#counts.images += 1;
    if ("error" in result) this.#counts.errors += 1;
    this.#settle(() => item.answer.resolve(result));
  }

  #lowerBatchMax(batchMax: number): void {
    if (batchMax >= this.#batchMax) return;
    this.#options.onLog("memory ran out: smaller batches from now on", {
      from: this.#batchMax,
      to: batchMax,
    });
    this.#batchMax = batchMax;
  }

  /** Another lane takes the slot; what the fallen one had in hand goes back to the front of the queue. */
  async #replace(slot: LaneSlot, cause: unknown): Promise<void> {
    const [running = [], ...behind] = slot.batches.splice(0);
    slot.lane = undefined;
    this.#counts.laneRestarts += 1;
    this.#options.onLog("a lane went down and is replaced", {
      reason: messageOf(cause),
      images: running.length,
    });
    if (cause instanceof ThreadStuck) this.#stuck += 1;
    this.#queue.unshift(...running.filter((item) => this.#mayTryAgain(item, cause)), ...behind.flat());
    this.#letPass();
    if (this.#stuck > stuckMax) this.#stop(new Error(`${this.#stuck} lanes are stuck; restart the worker`));
    for (let attempt = 1; !this.#failure && !slot.lane; attempt += 1) {
      slot.lane = await this.#options.startLane().catch((error: unknown) => {
        if (attempt < startAttemptsMax) return undefined;
        this.#stop(
          new Error(`no lane starts any more: ${messageOf(error)}; restart the worker`, { cause: error }),
        );
        return undefined;
      });
    }
    if (this.#failure) {
      this.#stop(this.#failure);
      await slot.lane?.close();
    } else this.#fillSlots();
  }

  #mayTryAgain(item: Item, cause: unknown): boolean {
    item.falls += 1;
    if (item.falls < fallsMax) return true;
    this.#counts.poisoned += 1;
    this.#answer(item, { error: `this image brought ${fallsMax} lanes down: ${messageOf(cause)}` });
    return false;
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
