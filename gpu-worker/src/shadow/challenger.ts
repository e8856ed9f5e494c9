/** A model on trial: a detector on one thread, a decoder in one process, and no more than one picture at a time. */
import { availableParallelism } from "node:os";
import { createBatcher } from "../pipe/batch/index.ts";
import { createLookAtItem } from "../pipe/chunk-job/index.ts";
import { createDecoder } from "../pipe/decode/index.ts";
import type { Detector } from "../pipe/infer/index.ts";
import type { Preloader } from "../pipe/preload/index.ts";
import type { Challenger } from "./index.ts";

/** What a review that comes meanwhile has to share its processor with. */
export const challengerLanes = { lanes: 1, threads: Math.max(1, Math.floor(availableParallelism() / 2)) };

/** The picture is mostly in the preloader still: its review has just been looked at. */
export function createChallenger(detector: Detector, preloader: Preloader): Challenger {
  const { model, rectangular } = detector.profile;
  const decoder = createDecoder({ inputSize: model.inputSize, imagesMax: 1, processes: 1 });
  const batcher = createBatcher({
    detector,
    imagesMax: 1,
    windowMs: () => 0,
    onBatchOut: () => undefined,
    onBatch: () => undefined,
  });
  const canvas = { inputSize: model.inputSize, layout: model.layout, rectangular };
  const lookAtItem = createLookAtItem({ preloader, decoder, batcher, canvas, onStage: () => undefined });
  return {
    async look({ item, accountId, reviewId, signal }) {
      const context = { accountId, runId: reviewId, renew: async () => undefined, signal };
      const { detections } = await lookAtItem({ no: 0, ...item }, context);
      return detections.map(({ label, confidence, box }) => {
        const [x, y, width, height] = box;
        return { label, confidence: four(confidence), box: [four(x), four(y), four(width), four(height)] };
      });
    },
    async close() {
      await Promise.allSettled([decoder.close(), detector.close()]);
    },
  };
}

/** As a digest has them: what the two saw is compared. */
function four(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
