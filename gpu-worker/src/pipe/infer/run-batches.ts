/** Runs images in batches that fit, and lets no image take its neighbours down. */
import type { DetectedImage } from "./detected-image.ts";

/** Batch sizes that are tried, smallest first. */
export const batchLadder = Object.freeze([1, 2, 4, 8, 16, 32, 64]);

/** The next smaller rung; 1 is the last. */
export function stepDown(batch: number): number {
  return batchLadder.findLast((rung) => rung < batch) ?? 1;
}

export type Ran = {
  results: DetectedImage[];
  /** Calls of `run`. */
  runs: number;
  /** What fits, as far as known now. */
  batchMax: number;
};

/**
 * Runs `images` in batches of at most `batchMax`. When memory runs out, the batch steps down the ladder and stays
 * there. When a batch fails for another reason, its images run one by one, and only those that fail alone answer
 * with an error. `run` answers one result per image, in order. Only neighbours that `mayShare` run together.
 */
export async function runBatches<Image>(
  images: readonly Image[],
  batchMax: number,
  run: (batch: readonly Image[]) => Promise<DetectedImage[]>,
  mayShare: (one: Image, other: Image) => boolean = () => true,
): Promise<Ran> {
  const ran: Ran = { results: [], runs: 0, batchMax };
  let isolated = 0;
  while (ran.results.length < images.length) {
    const start = ran.results.length;
    const size = start < isolated ? 1 : ran.batchMax;
    const batch = takeAlike(images.slice(start, start + size), mayShare);
    try {
      ran.runs += 1;
      ran.results.push(...(await run(batch)));
    } catch (error) {
      if (batch.length === 1) ran.results.push({ error: messageOf(error) });
      else if (isOutOfMemory(error)) ran.batchMax = stepDown(batch.length);
      else isolated = start + batch.length;
    }
  }
  return ran;
}

/** The images from the first up to one that may not share its batch. */
function takeAlike<Image>(
  images: readonly Image[],
  mayShare: (one: Image, other: Image) => boolean,
): Image[] {
  const [first] = images;
  const end = images.findIndex((image) => first !== undefined && !mayShare(first, image));
  return images.slice(0, end < 0 ? images.length : end);
}

/** As the runtimes word it: the CPU allocator, CUDA, cuBLAS/cuDNN, WebGPU (Dawn). */
const outOfMemory =
  /out[ _-]of[ _-](?:device[ _-])?memory|failed to allocate memory|bad_alloc|ALLOC_FAILED|array buffer allocation failed/i;

function isOutOfMemory(error: unknown): boolean {
  return outOfMemory.test(messageOf(error));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
