import type { Detection } from "@vigil/core/digest/wire";

/** The result for one image. One bad image never fails its batch: it answers with its own error. */
export type DetectedImage =
  | {
      /** Boxes 0..1 of the original image, most confident first. */
      detections: Detection[];
      /** The highest class score of any anchor, also below the detection threshold: decides the early exit. */
      bestConfidence: number;
      /** What the picture looks like as a whole: 0..127 each; absent when the model gives none. */
      embedding?: Uint8Array;
      /** This image's share of its batch's run. */
      inferMs: number;
      postMs: number;
    }
  | { error: string };
