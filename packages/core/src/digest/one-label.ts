/**
 * One thing has one label. Detectors suppress overlapping boxes of one class only, so that one vehicle is a car and a truck
 * at once, and one animal a dog and a sheep.
 */
import type { Known } from "../standing.ts";
import type { Box, Detection } from "./wire.ts";
import * as Things from "./words-things.ts";

/** A thing, what its camera's scene says of it, and what else it may be. */
export type Thing = Detection & Known & { alternatives?: { label: string; confidence: number }[] };

/** Boxes of one kind that overlap as much show one thing. */
const sameIou = 0.6;
/** One that lies in another by this much of its own area does too, where they are not much different in size. */
const sameInside = 0.9;
const sameSizeMin = 0.5;

const rivals: ReadonlySet<Things.Kind> = new Set(["vehicle", "animal"]);

/** The stronger of vehicles, and of animals, that are one; the others are kept as its alternatives. */
export function oneLabelEach(detections: readonly Thing[]): Thing[] {
  const kept: Thing[] = [];
  for (const detection of detections.toSorted((a, b) => b.confidence - a.confidence)) {
    const kind = Things.kindOf(detection.label);
    const same = rivals.has(kind)
      ? kept.find(
          (thing) =>
            thing.label !== detection.label &&
            Things.kindOf(thing.label) === kind &&
            isSame(thing.box, detection.box),
        )
      : undefined;
    const { label, confidence } = detection;
    if (same) same.alternatives = [...(same.alternatives ?? []), { label, confidence }];
    else kept.push({ ...detection });
  }
  return kept;
}

function overlap(a: Box, b: Box): { both: number; iou: number } {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  const both = Math.max(0, width) * Math.max(0, height);
  return { both, iou: both === 0 ? 0 : both / (a[2] * a[3] + b[2] * b[3] - both) };
}

function isSame(a: Box, b: Box): boolean {
  const { both, iou } = overlap(a, b);
  const [small = 0, large = 0] = [a[2] * a[3], b[2] * b[3]].toSorted((one, other) => one - other);
  return iou >= sameIou || (both > 0 && small / large >= sameSizeMin && both / small >= sameInside);
}
