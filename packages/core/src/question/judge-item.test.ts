import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isSeen, judgeItem, settleItem } from "./judge-item.ts";
import { RunRules } from "./wire.ts";

type Box = [number, number, number, number];
const seen = (label: string, confidence: number, box: Box = [0.1, 0.1, 0.4, 0.4]) => ({
  label,
  confidence,
  box,
});
const item = (declared: string | null, ...detections: ReturnType<typeof seen>[]) => ({
  declared,
  detections,
});
const rulesOf = (...rules: object[]) => RunRules.parse({ rules });

describe("the margin of an item", () => {
  const person = rulesOf({ kind: "requires", label: "person", confidenceMin: 0.5 });

  it("is what its surest evidence is above what is required; what was not seen is at 0", () => {
    assert.deepEqual(judgeItem(person, item(null, seen("person", 0.45), seen("person", 0.6))), {
      margin: 0.1,
      ruleNo: 0,
    });
    assert.deepEqual(judgeItem(person, item(null, seen("dog", 0.9))), { margin: -0.5, ruleNo: 0 });
    assert.equal(judgeItem(person, item(null, seen("person", 0.5)))?.margin, 0, "the boundary itself holds");
  });

  it("is that of the rule that is broken most, or nearest to it", () => {
    const both = rulesOf(
      { kind: "requires", label: "person", confidenceMin: 0.5 },
      { kind: "requires", label: "helmet", confidenceMin: 0.3 },
    );
    assert.deepEqual(judgeItem(both, item(null, seen("person", 0.9), seen("helmet", 0.35))), {
      margin: 0.05,
      ruleNo: 1,
    });
  });

  it("of a contradiction of the declared label is about items that were declared so alone", () => {
    const empty = rulesOf({ kind: "excludes", label: "person", declared: "empty", confidenceMin: 0.5 });
    assert.deepEqual(judgeItem(empty, item("empty", seen("person", 0.7))), { margin: -0.2, ruleNo: 0 });
    assert.equal(judgeItem(empty, item("busy", seen("person", 0.7))), undefined);
    assert.equal(judgeItem(empty, item(null)), undefined);
  });

  it("of two things that contradict each other needs both, in one place", () => {
    const animal = rulesOf({ kind: "contradicts", label: "cat", other: "dog", confidenceMin: 0.5 });
    const [here, there]: [Box, Box] = [
      [0.1, 0.1, 0.3, 0.3],
      [0.6, 0.6, 0.3, 0.3],
    ];
    assert.equal(judgeItem(animal, item(null, seen("cat", 0.8, here), seen("dog", 0.6, here)))?.margin, -0.1);
    assert.equal(judgeItem(animal, item(null, seen("cat", 0.8, here), seen("dog", 0.6, there)))?.margin, 0.5);
  });
});

describe("what becomes of an item", () => {
  const both = rulesOf(
    { kind: "requires", label: "person", confidenceMin: 0.5 },
    { kind: "excludes", label: "dog", declared: "no dogs", confidenceMin: 0.5 },
  );
  const near = item("no dogs", seen("person", 0.45));

  it("is what people say of the rule that they were asked of", () => {
    assert.equal(settleItem(both, near, undefined), "broken");
    assert.equal(settleItem(both, near, { ruleNo: 0, said: "yes" }), "holds");
    assert.equal(settleItem(both, near, { ruleNo: 0, said: "no" }), "broken");
    assert.equal(settleItem(both, near, { ruleNo: 0, said: "cannot-tell" }), "unclear");
    assert.equal(settleItem(both, near, { ruleNo: 0, said: null }), "unclear");
    const dog = item("no dogs", seen("person", 0.9), seen("dog", 0.48));
    assert.equal(settleItem(both, dog, { ruleNo: 1, said: "yes" }), "broken", "there is a dog");
    assert.equal(settleItem(both, dog, { ruleNo: 1, said: "no" }), "holds");
  });

  it("is broken by another rule, whatever people say of the one", () => {
    const dog = item("no dogs", seen("person", 0.45), seen("dog", 0.9));
    assert.equal(settleItem(both, dog, { ruleNo: 0, said: "yes" }), "broken");
  });

  it("knows on which side of the boundary something was seen", () => {
    const [requires, excludes] = both.rules;
    assert.ok(requires && excludes);
    assert.deepEqual([isSeen(requires, 0.1), isSeen(requires, -0.1)], [true, false]);
    assert.deepEqual([isSeen(excludes, 0.1), isSeen(excludes, -0.1)], [false, true]);
  });
});
