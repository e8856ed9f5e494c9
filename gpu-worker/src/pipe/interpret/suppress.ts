import type { Candidates } from "./candidates.ts";

/**
 * Greedy non-maximum suppression within each class: answers the indices of the survivors, best first, at most
 * `keepMax`. A candidate falls when its intersection over union with a better survivor of its class exceeds `iouMax`.
 * Equal scores keep the order in which they came, so that the same tensor always gives the same boxes.
 */
export function suppress(candidates: Candidates, iouMax: number, keepMax: number): number[] {
  const { score, classIndex } = candidates;
  const order = Array.from({ length: candidates.count }, (_, index) => index);
  order.sort((a, b) => at(score, b) - at(score, a) || a - b);
  const kept: number[] = [];
  for (const index of order) {
    if (kept.length === keepMax) break;
    const isHidden = kept.some(
      (better) => classIndex[better] === classIndex[index] && iou(candidates, better, index) > iouMax,
    );
    if (!isHidden) kept.push(index);
  }
  return kept;
}

/** Intersection over union of two candidates, 0..1. */
export function iou({ centreX, centreY, width, height }: Candidates, a: number, b: number): number {
  const overlapX = overlap(at(centreX, a), at(width, a), at(centreX, b), at(width, b));
  const overlapY = overlap(at(centreY, a), at(height, a), at(centreY, b), at(height, b));
  const intersection = overlapX * overlapY;
  if (intersection === 0) return 0;
  return intersection / (at(width, a) * at(height, a) + at(width, b) * at(height, b) - intersection);
}

function overlap(centreA: number, lengthA: number, centreB: number, lengthB: number): number {
  const start = Math.max(centreA - lengthA / 2, centreB - lengthB / 2);
  const end = Math.min(centreA + lengthA / 2, centreB + lengthB / 2);
  return Math.max(0, end - start);
}

/** Every index here is below the candidates' count. */
function at(values: Float32Array, index: number): number {
  return values[index] as number;
}
