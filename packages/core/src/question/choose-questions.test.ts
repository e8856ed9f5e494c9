import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { shareInterval } from "../interval.ts";
import { question as limits } from "../limits.ts";
import { chooseQuestions, isNear } from "./choose-questions.ts";

const margins = fc.array(
  fc.integer({ min: -200, max: 200 }).map((thousandths) => thousandths / 1_000),
  {
    maxLength: 400,
  },
);

describe("the items that people are asked about", () => {
  it("are 15 % of the run's at most, the nearest to the boundary, and what is left over is counted", () => {
    fc.assert(
      fc.property(
        margins,
        fc.nat(400),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (given, others, wanted) => {
          const near = given.map((margin, no) => ({ no, margin, ruleNo: 0 }));
          const accepted = near.length + others;
          const { questions, overflow } = chooseQuestions(near, {
            accepted,
            askedShareMax: wanted,
            seed: "run",
          });
          assert.ok(questions.length * 100 <= accepted * 15, `${questions.length} of ${accepted}`);
          assert.equal(questions.length + overflow, near.length);
          const asked = new Set(questions.map(({ no }) => no));
          assert.equal(asked.size, questions.length, "each item once");
          const furthest = Math.max(0, ...questions.map(({ margin }) => Math.abs(margin)));
          for (const { no, margin } of near) if (!asked.has(no)) assert.ok(Math.abs(margin) >= furthest);
          const twice = questions.filter(({ isTwice }) => isTwice).length;
          assert.equal(twice, Math.ceil(Math.round(questions.length * 5) / 100));
        },
      ),
    );
  });

  it("use the whole budget where there are enough, and no more than one run's people can answer", () => {
    const near = Array.from({ length: 60_000 }, (_, no) => ({ no, margin: no / 1_000_000, ruleNo: 0 }));
    const of = (accepted: number) =>
      chooseQuestions(near, { accepted, askedShareMax: 0.15, seed: "run" }).questions.length;
    assert.deepEqual([of(6), of(7), of(2_000), of(60_000)], [0, 1, 300, limits.askedMax]);
  });

  it("are the same for the same items, and those that are asked twice depend on the run", () => {
    const near = Array.from({ length: 400 }, (_, no) => ({ no, margin: 0.01, ruleNo: 0 }));
    const twiceIn = (seed: string) =>
      chooseQuestions(near, { accepted: 2_000, askedShareMax: 0.15, seed })
        .questions.filter(({ isTwice }) => isTwice)
        .map(({ no }) => no);
    assert.equal(twiceIn("one").length, 15);
    assert.deepEqual(twiceIn("one"), twiceIn("one"));
    assert.notDeepEqual(twiceIn("one"), twiceIn("other"));
  });

  it("are near on either side of the boundary", () => {
    const near = (margin: number) => isNear({ borderline: 0.1 }, { margin, ruleNo: 0 });
    assert.deepEqual([-0.101, -0.1, 0, 0.1, 0.101].map(near), [false, true, true, true, false]);
  });
});

describe("a share that was counted", () => {
  it("is as unsure as few make it", () => {
    assert.deepEqual(shareInterval(0, 0), { low: 0, high: 1 });
    // Newcombe 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    assert.deepEqual(shareInterval(81, 263), { low: 0.2553, high: 0.3662 });
    assert.deepEqual(shareInterval(15, 148), { low: 0.0624, high: 0.1605 });
    assert.deepEqual(shareInterval(0, 20), { low: 0, high: 0.1611 });
    assert.deepEqual(shareInterval(1, 29), { low: 0.0061, high: 0.1718 });
  });
});
