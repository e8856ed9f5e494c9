/** What skipping look-alikes costs: people and vehicles that looking at every frame shows, and the digests do not. */
import type { Detection, Finding } from "@vigil/core/digest/wire";
import { evidence, review } from "@vigil/core/limits";
import type { LoadedModel } from "../src/model/index.ts";
import { decode } from "../src/pipe/decode/index.ts";
import { createDetector } from "../src/pipe/infer/index.ts";
import { matching } from "../src/tools/quantise/index.ts";
import { boxIou, findUnmatched } from "../testing/match-detections.ts";

export type Missed = {
  frames: number;
  skipped: number;
  /** Each of them in each frame. */
  sightings: Share;
  /** Each of them in each job: what no frame of the digest shows at that position. */
  objects: Share;
};

type Share = { expected: number; missed: number };

/** A car that is a car in one frame, a truck in the next and both in a third is one vehicle, and not missed. */
const kinds = new Map([
  ["person", "person"],
  ...["bicycle", "car", "motorcycle", "bus", "train", "truck"].map((label) => [label, "vehicle"] as const),
]);

/**
 * Looks at every frame of the jobs with the same model, and looks up each person and vehicle of at least 0.4 in what
 * the digests say: the same kind, at an IoU of 0.5, at whatever confidence is reported at all (0.25).
 */
export async function measureMissed(
  model: LoadedModel,
  jobs: readonly (readonly Uint8Array[])[],
  findings: readonly (readonly Finding[])[],
): Promise<Missed> {
  const detector = await createDetector({ model, provider: "cpu", lanes: 2, threads: 1, ...review });
  const result: Missed = {
    frames: 0,
    skipped: 0,
    sightings: { expected: 0, missed: 0 },
    objects: { expected: 0, missed: 0 },
  };
  try {
    for (const [job, frames] of jobs.entries()) {
      const decoded = await Promise.all(
        frames.map((bytes) =>
          decode(bytes, { ...model, contentType: "image/jpeg", pixelsMax: evidence.pixelsMax }),
        ),
      );
      const expected = (await detector.detect(decoded)).map((answer) => {
        if ("error" in answer) throw new Error(`the detector failed on a frame: ${answer.error}`);
        return answer.detections.filter(({ confidence }) => confidence >= matching.confidence);
      });
      const got = findings[job] ?? [];
      result.frames += frames.length;
      result.skipped += got.filter(({ outcome }) => outcome === "duplicate").length;
      for (const [frame, ofFrame] of expected.entries()) {
        const [wanted, shown] = [ofKinds(ofFrame), ofKinds(got[frame]?.detections ?? [])];
        result.sightings.expected += wanted.length;
        result.sightings.missed += findUnmatched(wanted, shown, matching.iou).length;
      }
      const wanted = ofKinds(expected.flat());
      const shown = got.flatMap(({ detections }) => ofKinds(detections));
      result.objects.expected += wanted.length;
      result.objects.missed += wanted.filter((one) => !isAmong(shown, one)).length;
    }
    return result;
  } finally {
    await detector.close();
  }
}

/** People and vehicles under the name of their kind; of those of one kind at one position the most confident. */
function ofKinds(detections: readonly Detection[]): Detection[] {
  const found: Detection[] = [];
  for (const one of detections.toSorted((a, b) => b.confidence - a.confidence)) {
    const label = kinds.get(one.label);
    if (label !== undefined && !isAmong(found, { ...one, label })) found.push({ ...one, label });
  }
  return found;
}

function isAmong(detections: readonly Detection[], { label, box }: Detection): boolean {
  return detections.some((other) => other.label === label && boxIou(other.box, box) >= matching.iou);
}
