/**
 * How many faces can be seen, and how well; whose they are is nobody's business here.
 * Model: UltraFace RFB-320 (Linzaer, "Ultra-Light-Fast-Generic-Face-Detector-1MB"): `input` f32 [1, 3, 240, 320],
 * RGB (value - 127) / 128; `scores` [1, 4420, 2] (background, face), `boxes` [1, 4420, 4] corners as fractions.
 */

import type { Detection, Finding } from "@vigil/core/digest/wire";
import { type InferenceSession, Tensor } from "../../model/runtime/index.ts";
import { add, createCandidates } from "../interpret/candidates.ts";
import { suppress } from "../interpret/suppress.ts";
import { cut, type Picture, type Region, regionOf, toPlanes } from "./crop.ts";

const width = 320;
const height = 240;
const normal = { mean: [127, 127, 127], deviation: [128, 128, 128] } as const;
const confidenceMin = 0.7;
const overlapMax = 0.3;
/** A head is about a seventh of a person: below this height its face has some eight pixels. */
const personPixelsMin = 56;
const personsMax = 8;
/** A face of this many pixels is as good as any. */
const goodFacePixels = 64;

type Faces = NonNullable<Finding["faces"]>;

/** Looks where persons have been detected, at the upper half of each. */
export async function findFaces(
  session: InferenceSession,
  picture: Picture,
  detections: readonly Detection[],
): Promise<Faces> {
  const heads = detections
    .filter(({ label }) => label === "person")
    .map(({ box }) => regionOf(box, picture))
    .filter((region) => region.height >= personPixelsMin)
    .toSorted((a, b) => b.height - a.height)
    .slice(0, personsMax)
    .map((region) => headOf(region, picture));
  const found = createCandidates(heads.length * anchors);
  for (const head of heads) {
    const planes = toPlanes(await cut(picture, head, width, height), normal);
    const { scores, boxes } = await session.run({
      input: new Tensor("float32", planes, [1, 3, height, width]),
    });
    if (!scores || !boxes) throw new Error("expected the outputs scores and boxes of UltraFace RFB-320");
    collect(scores.data as Float32Array, boxes.data as Float32Array, head, found);
  }
  const kept = suppress(found, overlapMax, 100);
  const qualities = kept.map((face) => {
    const side = Math.min(found.width[face] ?? 0, found.height[face] ?? 0);
    return (found.score[face] ?? 0) * Math.min(1, side / goodFacePixels);
  });
  return { count: kept.length, qualityMax: Math.min(1, Math.max(0, ...qualities)) };
}

const anchors = 4_420;

/** The upper part of a person with room around it, in the proportions of the model's input. */
function headOf(person: Region, picture: Picture): Region {
  const wanted = Math.max(person.height * 0.45, person.width * 0.75);
  const cutHeight = Math.min(picture.height, Math.ceil(wanted));
  const cutWidth = Math.min(picture.width, Math.ceil((cutHeight * width) / height));
  const centre = person.left + person.width / 2;
  const left = Math.round(Math.min(picture.width - cutWidth, Math.max(0, centre - cutWidth / 2)));
  const top = Math.round(Math.min(picture.height - cutHeight, Math.max(0, person.top - cutHeight * 0.15)));
  return { left, top, width: cutWidth, height: cutHeight };
}

/** Boxes in pixels of the picture, so that a face in two persons' crops counts once. */
function collect(
  scores: Float32Array,
  boxes: Float32Array,
  head: Region,
  into: ReturnType<typeof createCandidates>,
): void {
  for (let anchor = 0; anchor < scores.length / 2; anchor += 1) {
    const score = scores[anchor * 2 + 1] as number;
    if (!(score >= confidenceMin)) continue;
    const x0 = head.left + (boxes[anchor * 4] as number) * head.width;
    const y0 = head.top + (boxes[anchor * 4 + 1] as number) * head.height;
    const x1 = head.left + (boxes[anchor * 4 + 2] as number) * head.width;
    const y1 = head.top + (boxes[anchor * 4 + 3] as number) * head.height;
    add(into, (x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0, score, 0);
  }
}
