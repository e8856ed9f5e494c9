/** Pairs the detections of two looks at one picture. */

type Seen = { label: string; confidence: number; box: readonly [number, number, number, number] };

/** Intersection over union of two boxes x, y, width, height. */
export function boxIou(a: Seen["box"], b: Seen["box"]): number {
  const overlapX = Math.max(0, Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]));
  const overlapY = Math.max(0, Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]));
  const intersection = overlapX * overlapY;
  return intersection / (a[2] * a[3] + b[2] * b[3] - intersection);
}

/**
 * Those of `expected` that have no partner of the same label and at least `iouMin` in `got`. Each partner serves once;
 * the most confident choose first.
 */
export function findUnmatched<Expected extends Seen>(
  expected: readonly Expected[],
  got: readonly Seen[],
  iouMin: number,
): Expected[] {
  const free = new Set(got);
  const unmatched: Expected[] = [];
  for (const wanted of expected.toSorted((a, b) => b.confidence - a.confidence)) {
    const partner = [...free]
      .filter((other) => other.label === wanted.label && boxIou(other.box, wanted.box) >= iouMin)
      .toSorted((a, b) => boxIou(b.box, wanted.box) - boxIou(a.box, wanted.box))[0];
    if (partner) free.delete(partner);
    else unmatched.push(wanted);
  }
  return unmatched;
}
