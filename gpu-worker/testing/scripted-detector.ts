/** For tests: a detector that answers by script, without a model. It counts what it is asked. */
import type { DecodedImage } from "../src/pipe/decode/index.ts";
import type { DetectedImage, Detector } from "../src/pipe/infer/index.ts";

export type ScriptedDetector = Detector & {
  readonly batches: number[];
  /** From now on the detector behaves as one whose lanes no longer start. */
  fail(error: Error): void;
};

export type Script = (image: DecodedImage) => DetectedImage | Promise<DetectedImage>;

export const onePerson: Script = () => ({
  detections: [{ label: "person", confidence: 0.9, box: [0.1, 0.1, 0.2, 0.5] }],
  bestConfidence: 0.9,
  inferMs: 1,
  postMs: 0.1,
});

export function createScriptedDetector(script: Script = onePerson): ScriptedDetector {
  const batches: number[] = [];
  const counts = { images: 0, errors: 0, runs: 0, laneRestarts: 0, poisoned: 0, inFlight: 0 };
  let failure: Error | undefined;
  return {
    batches,
    profile: {
      provider: "scripted",
      threads: 1,
      lanes: 2,
      batchMax: 4,
      rectangular: true,
      model: {
        name: "scripted",
        sha256: "5".repeat(64),
        path: "",
        layout: "yolov8",
        inputSize: 320,
        rectangular: true,
        labels: ["person"],
        licence: "none",
        input: "u8-hwc",
        output: "reduced",
        precision: "float32",
        batch: "dynamic",
      },
    },
    async detect(images) {
      if (failure) throw failure;
      batches.push(images.length);
      counts.images += images.length;
      return Promise.all(images.map(async (image) => script(image)));
    },
    stats: () => ({ ...counts, isUsable: failure === undefined }),
    fail(error) {
      failure = error;
    },
    async close() {
      failure ??= new Error("the detector is closed");
    },
  };
}
