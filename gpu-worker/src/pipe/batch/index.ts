/**
 * Fills batches across jobs and accounts.
 *
 * A batch goes off when it is as large as the detector looks at within a target time, when its oldest image has
 * waited for the window, or when nothing that could still join it is on its way; with an idle detector, as soon as
 * there is work for every lane. At most two batches are with the detector at a time: one that it works on, and one
 * so that it never waits for the next.
 */
import { rankOf } from "../../bounds/rank.ts";
import type { DetectedImage, Detector } from "../infer/index.ts";
import { type BatchEntry, createSeats, type Seat } from "./seats.ts";
import { createBatchSize } from "./size.ts";

export type { Seat } from "./seats.ts";

export type BatchRecord = {
  images: number;
  reviews: number;
  /** From the hand-over to the detector to its answer. */
  ms: number;
  /** Of the image that waited longest to be handed over. */
  waitMs: number;
  full: boolean;
};

export interface Batcher {
  /** Keeps a seat for an image that is on its way. */
  expect(): Seat;
  readonly expected: number;
  readonly waiting: number;
  readonly batchesOut: number;
}

export type BatcherOptions = {
  detector: Pick<Detector, "profile" | "detect">;
  imagesMax: number;
  /** Read anew for every batch: an overloaded system lengthens it. */
  windowMs: () => number;
  onBatchOut: () => void;
  /** Called for every batch that went out, also when the detector was closed under it. */
  onBatch: (record: BatchRecord) => void;
  batchesOutMax?: number;
  /** The images let those of other batchers pass at the detector. */
  yields?: boolean;
  /** Milliseconds that a batch is to take at most at the detector; 400 when absent. */
  targetMs?: number;
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
};

type Waiting = BatchEntry & {
  since: number;
  rank: number;
  resolve: (result: DetectedImage) => void;
  reject: (error: unknown) => void;
};

export function createBatcher(options: BatcherOptions): Batcher {
  const { detector, imagesMax, windowMs, onBatch, onBatchOut } = options;
  const { lanes, batchMax } = detector.profile;
  const { batchesOutMax = 2, yields = false, targetMs = 400, now = () => performance.now() } = options;
  /** What keeps every lane busy: with an idle detector there is nothing to gain by waiting for more. */
  const imagesOfAllLanes = Math.min(imagesMax, lanes * batchMax);
  const size = createBatchSize({ least: imagesOfAllLanes, most: imagesMax, targetMs });
  const waiting: Waiting[] = [];
  let batchesOut = 0;
  let timer: NodeJS.Timeout | undefined;

  function msUntilDue(): number {
    const enough = batchesOut === 0 ? imagesOfAllLanes : size.images;
    if (waiting.length >= enough || seats.expected === 0) return 0;
    const oldest = waiting.reduce((least, { since }) => Math.min(least, since), Number.POSITIVE_INFINITY);
    return Math.max(0, oldest + windowMs() - now());
  }

  function sendWhatIsDue(): void {
    clearTimeout(timer);
    timer = undefined;
    while (waiting.length > 0 && batchesOut < batchesOutMax) {
      const ms = msUntilDue();
      if (ms > 0) {
        timer = setTimeout(sendWhatIsDue, ms);
        return;
      }
      void send(waiting.splice(0, size.images));
    }
  }

  /** Never rejects: a failure goes to those who wait for the images. */
  async function send(batch: Waiting[]): Promise<void> {
    const startedAt = now();
    const full = batch.length >= size.images;
    batchesOut += 1;
    onBatchOut();
    try {
      const results = await detector.detect(
        batch.map(({ image }) => image),
        { yields },
      );
      for (const [index, entry] of batch.entries()) {
        entry.resolve(results[index] ?? { error: "the detector gave no answer for this image" });
      }
    } catch (error) {
      for (const entry of batch) entry.reject(error);
    } finally {
      batchesOut -= 1;
      const record = recordOf(batch, { startedAt, endedAt: now(), full });
      size.learn(record);
      onBatch(record);
      sendWhatIsDue();
    }
  }

  async function add(entry: BatchEntry): Promise<DetectedImage> {
    return new Promise((resolve, reject) => {
      const since = now();
      const rank = rankOf(entry.priority, since);
      const last = waiting.findLastIndex((earlier) => earlier.rank <= rank);
      waiting.splice(last + 1, 0, { ...entry, since, rank, resolve, reject });
      sendWhatIsDue();
    });
  }

  const seats = createSeats({ add, onLeave: sendWhatIsDue });
  return {
    expect: () => seats.expect(),
    get expected() {
      return seats.expected;
    },
    get waiting() {
      return waiting.length;
    },
    get batchesOut() {
      return batchesOut;
    },
  };
}

function recordOf(
  batch: readonly Waiting[],
  { startedAt, endedAt, full }: { startedAt: number; endedAt: number; full: boolean },
): BatchRecord {
  return {
    images: batch.length,
    reviews: new Set(batch.map(({ reviewId }) => reviewId)).size,
    ms: endedAt - startedAt,
    waitMs: startedAt - Math.min(...batch.map(({ since }) => since)),
    full,
  };
}
