/**
 * The detector: images in, detections out, on as many lanes as this machine runs best.
 *
 *     const detector = await createDetector({ model, provider: "auto", cacheDir, ...limits.review });
 *     const [first] = await detector.detect([image]);
 *     await detector.close();
 *
 * Inference happens in worker threads: the runtime blocks the event loop that calls it.
 */

import type { LoadedModel } from "../../model/index.ts";
import type { DecodedImage } from "../decode/index.ts";
import { choosePlan } from "./choose-plan.ts";
import type { DetectedImage } from "./detected-image.ts";
import { inCanvasOrder } from "./in-canvas-order.ts";
import { startLane } from "./lane.ts";
import type { RunPlan } from "./list-candidates.ts";
import type { ConcreteProvider, LaneImage, LaneSettings } from "./messages.ts";
import { createPool, type DetectOptions, type Pool, type PoolStats } from "./pool.ts";

export type { DetectedImage } from "./detected-image.ts";

export type Profile = {
  provider: string;
  /** Threads inside each lane's session. */
  threads: number;
  /** Sessions that run at once, each in its own worker thread. */
  lanes: number;
  /** Images per `session.run`, at most. */
  batchMax: number;
  /** Whether images may come in rectangles; in squares only otherwise. */
  rectangular: boolean;
  model: LoadedModel;
};

export type DetectorStats = PoolStats;

export interface Detector {
  readonly profile: Profile;
  /** Answers in the order of `images`. Rejects when aborted, closed, or unusable. */
  detect(images: readonly DecodedImage[], options?: DetectOptions): Promise<DetectedImage[]>;
  stats(): DetectorStats;
  close(): Promise<void>;
}

export type Provider = ConcreteProvider | "auto";

export type DetectorOptions = {
  model: LoadedModel;
  provider: Provider;
  /** Threads per lane; measured at start when absent. */
  threads?: number;
  /** Measured at start when absent. */
  lanes?: number;
  /** Where the measured profile is kept from one start to the next; not kept when absent. */
  cacheDir?: string;
  /** 0..1: a detection below it is none. */
  detectionConfidence: number;
  /** 0..1: boxes of one class that overlap more are one. */
  nmsIou: number;
  onLog?: (message: string, fields: Record<string, unknown>) => void;
};

const laneEntry = new URL("./lane-worker.ts", import.meta.url);
/** TensorRT builds an engine for the machine when it loads a model. */
const startMsMax: Record<ConcreteProvider, number> = {
  cpu: 60_000,
  webgpu: 120_000,
  cuda: 120_000,
  tensorrt: 15 * 60_000,
};
const hangMsMax = 30_000;
const hangMsPerImage = 1_000;

/** Rejects when the provider, or with "auto" every provider, refuses the model. */
export async function createDetector(options: DetectorOptions): Promise<Detector> {
  const onLog = options.onLog ?? (() => undefined);
  const start = (plan: RunPlan): Promise<Pool> => {
    const { model, detectionConfidence, nmsIou } = options;
    const { provider, threads, batchMax, lanes } = plan;
    const settings: LaneSettings = { model, provider, threads, batchMax, detectionConfidence, nmsIou };
    const lane = { settings, entry: laneEntry, startMsMax: startMsMax[provider], hangMsMax, hangMsPerImage };
    return createPool({ startLane: () => startLane(lane), lanes, batchMax, onLog });
  };
  const { plan, pool } = await choosePlan({ ...options, start, onLog });
  // TensorRT would build another engine, for minutes, for every shape that comes along.
  const rectangular = options.model.rectangular && plan.provider !== "tensorrt";
  return {
    profile: { ...plan, rectangular, model: options.model },
    detect: (images, how) => inCanvasOrder(images, (ordered) => pool.detect(ordered.map(toLaneImage), how)),
    stats: () => pool.stats(),
    close: () => pool.close(),
  };
}

/** Only what a lane needs: everything but the shared pixels is copied on the way. */
function toLaneImage({ pixels, canvas, width, height, letterbox }: DecodedImage): LaneImage {
  return { pixels, canvas, width, height, letterbox };
}
