/**
 * How many images a batch holds: as many as the hardware looks at within a target time, so that a slow machine does
 * not make a review wait for a large batch and a fast one is not fed in small ones.
 */
export interface BatchSize {
  readonly images: number;
  /** A batch of `images` took `ms`; `full`: it held as many as it could. */
  learn(batch: { images: number; ms: number; full: boolean }): void;
}

export function createBatchSize(options: {
  /** Fewer would leave a lane idle. */
  least: number;
  most: number;
  /** Milliseconds from the hand-over of a batch to its answer that are not to be exceeded. */
  targetMs: number;
}): BatchSize {
  const { most, targetMs } = options;
  const least = Math.min(options.least, most);
  let images = most;
  return {
    get images() {
      return images;
    },
    learn(batch) {
      if (batch.ms > targetMs) {
        const fitting = Math.floor((batch.images * targetMs) / batch.ms);
        images = Math.max(least, Math.min(images, fitting));
      } else if (batch.full && batch.ms * 2 < targetMs) {
        images = Math.min(most, images + 1);
      }
    },
  };
}
