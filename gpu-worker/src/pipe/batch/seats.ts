/** Places kept for images that are on their way: batches wait for them, within the window. */
import type { DecodedImage } from "../decode/index.ts";
import type { DetectedImage } from "../infer/index.ts";

export type BatchEntry = {
  image: DecodedImage;
  reviewId: string;
  /** 1 (highest) to 4. */
  priority: number;
};

export interface Seat {
  /** Rejects only when the detector is closed. */
  take(entry: BatchEntry): Promise<DetectedImage>;
  /** The image will not come. Without effect once the seat is taken or left. */
  leave(): void;
}

export interface Seats {
  expect(): Seat;
  /** Seats that are neither taken nor left. */
  readonly expected: number;
}

export function createSeats(options: {
  add: (entry: BatchEntry) => Promise<DetectedImage>;
  onLeave: () => void;
}): Seats {
  let expected = 0;
  return {
    expect() {
      let isOpen = true;
      expected += 1;
      const close = () => {
        if (isOpen) expected -= 1;
        isOpen = false;
      };
      return {
        async take(entry) {
          close();
          return options.add(entry);
        },
        leave() {
          if (!isOpen) return;
          close();
          options.onLeave();
        },
      };
    },
    get expected() {
      return expected;
    },
  };
}
