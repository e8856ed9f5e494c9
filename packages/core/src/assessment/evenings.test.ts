import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { changes, findViolations } from "../../testing/evenings.ts";
import { rank } from "../level.ts";
import { frozen, open } from "./evenings.ts";
import { judgeScenario } from "./read-scenario.ts";

describe("evenings that the weights were not made for", () => {
  for (const evening of open) {
    it(`${evening.level}: ${evening.name}`, () => {
      const { level, score, reasons } = judgeScenario(evening);
      assert.equal(level, evening.level, `${score}: ${reasons.map(({ code }) => code).join()}`);
    });
  }

  it("are judged right in four of five of the frozen half, and never by more than one level wrong", (context) => {
    const wrong = frozen.filter((evening) => judgeScenario(evening).level !== evening.level);
    const told = wrong.map(
      (evening) => `; ${evening.name}: ${judgeScenario(evening).level}, not ${evening.level}`,
    );
    const right = frozen.length - wrong.length;
    context.diagnostic(`${right} of ${frozen.length} frozen evenings are right${told.join("")}`);
    assert.ok(wrong.length <= frozen.length / 5);
    for (const evening of frozen) {
      const apart = Math.abs(rank(judgeScenario(evening).level) - rank(evening.level));
      assert.ok(apart <= 1, evening.name);
    }
  });
});

describe("an evening that anybody would call worse", () => {
  it("is never judged less, whatever makes it worse", (context) => {
    // A million pairs: `npm run levels`.
    const { played, violations } = findViolations(Date.now() % 2 ** 32, 15_000);
    context.diagnostic(`${played} pairs in ${changes.length} ways`);
    const [first] = violations;
    assert.equal(violations.length, 0, JSON.stringify(first));
  });
});
