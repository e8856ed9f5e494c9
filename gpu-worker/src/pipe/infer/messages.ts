/** What travels between the detector and its lanes. Pixels are shared memory: posting an image copies none. */

import type { LoadedModel } from "../../model/loaded-model.ts";
import type { Picture } from "../decode/index.ts";
import type { Geometry } from "../interpret/index.ts";
import type { DetectedImage } from "./detected-image.ts";

/** A provider that a session can be given; "auto" has been resolved. */
export type ConcreteProvider = "cpu" | "webgpu" | "cuda" | "tensorrt";

export type LaneSettings = {
  model: LoadedModel;
  provider: ConcreteProvider;
  /** Threads inside the lane's session. */
  threads: number;
  /** Images per run, at most. */
  batchMax: number;
  detectionConfidence: number;
  nmsIou: number;
};

export type LaneImage = Geometry & Picture;

/** `close`: release the session and end, after everything that was asked before. */
export type ToLane = { kind: "detect"; images: readonly LaneImage[] } | { kind: "close" };

/** Answers come in the order in which they were asked. */
export type FromLane =
  | { kind: "ready" }
  | { kind: "refused"; reason: string }
  /** `batchMax` is what the lane takes at once from now on: less than before when memory ran out. */
  | { kind: "detected"; results: DetectedImage[]; runs: number; batchMax: number };
