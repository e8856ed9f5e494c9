import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { add, type Candidates, createCandidates } from "./candidates.ts";
import { iou, suppress } from "./suppress.ts";

type Row = { x: number; y: number; w: number; h: number; score: number; classIndex: number };

function candidatesOf(rows: readonly Row[]): Candidates {
  const candidates = createCandidates(rows.length);
  for (const { x, y, w, h, score, classIndex } of rows) add(candidates, x, y, w, h, score, classIndex);
  return candidates;
}

const row = fc.record({
  x: fc.integer({ min: 0, max: 60 }),
  y: fc.integer({ min: 0, max: 60 }),
  w: fc.integer({ min: 1, max: 40 }),
  h: fc.integer({ min: 1, max: 40 }),
  score: fc.integer({ min: 25, max: 100 }).map((percent) => percent / 100),
  classIndex: fc.integer({ min: 0, max: 2 }),
});
const rows = fc.array(row, { maxLength: 60 });

/** Greedy suppression, restated over pairs: a candidate lives when no better survivor of its class covers it. */
function naive(candidates: Candidates, iouMax: number): number[] {
  const order = Array.from({ length: candidates.count }, (_, index) => index);
  order.sort((a, b) => (candidates.score[b] ?? 0) - (candidates.score[a] ?? 0) || a - b);
  let left = order;
  const kept: number[] = [];
  while (left.length > 0) {
    const [best = 0, ...others] = left;
    kept.push(best);
    left = others.filter(
      (other) =>
        candidates.classIndex[other] !== candidates.classIndex[best] ||
        iou(candidates, best, other) <= iouMax,
    );
  }
  return kept;
}

describe("suppress", () => {
  it("keeps exactly what the textbook algorithm keeps, in its order", () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(0.3, 0.5, 0.7), (given, iouMax) => {
        const candidates = candidatesOf(given);
        assert.deepEqual(suppress(candidates, iouMax, 300), naive(candidates, iouMax));
      }),
    );
  });

  it("never lets two boxes of one class overlap by more than the limit", () => {
    fc.assert(
      fc.property(rows, (given) => {
        const candidates = candidatesOf(given);
        const kept = suppress(candidates, 0.5, 300);
        for (const a of kept) {
          for (const b of kept) {
            if (a === b || candidates.classIndex[a] !== candidates.classIndex[b]) continue;
            assert.ok(iou(candidates, a, b) <= 0.5);
          }
        }
      }),
    );
  });

  it("keeps both of two classes at one position, and one of two boxes of a class", () => {
    const person = { x: 10, y: 10, w: 10, h: 20, score: 0.9, classIndex: 0 };
    const dog = { ...person, score: 0.8, classIndex: 1 };
    const again = { ...person, x: 11, score: 0.7 };
    assert.deepEqual(suppress(candidatesOf([again, person, dog]), 0.5, 300), [1, 2]);
  });

  it("keeps the best when there are more than fit", () => {
    const far = Array.from({ length: 10 }, (_, index) => ({
      x: index * 100,
      y: 0,
      w: 10,
      h: 10,
      score: (index + 1) / 10,
      classIndex: 0,
    }));
    assert.deepEqual(suppress(candidatesOf(far), 0.5, 3), [9, 8, 7]);
  });

  it("has no use for boxes without an area or a position", () => {
    const candidates = createCandidates(4);
    add(candidates, Number.NaN, 0, 10, 10, 0.9, 0);
    add(candidates, 5, 5, 0, 10, 0.9, 0);
    add(candidates, 5, 5, Number.POSITIVE_INFINITY, 10, 0.9, 0);
    add(candidates, 5, 5, 10, 10, 0.9, 0);
    assert.equal(candidates.count, 1);
  });
});
