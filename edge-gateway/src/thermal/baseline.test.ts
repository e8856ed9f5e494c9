import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createBaselineKeeper } from "./baseline.ts";
import { pixels } from "./grid.ts";

const hourMs = 60 * 60 * 1_000;

function open() {
  let count = 0;
  const keeper = createBaselineKeeper({
    approved: undefined,
    decisions: undefined,
    newId: () => `candidate-${++count}`,
    wallMs: () => 1_000,
  });
  /** A minute of frames of 20 degrees, in which one cell strays and is now and then garbled. */
  function gather(from: number): void {
    keeper.propose("caretaker", "the boiler is on");
    for (let second = 0; second < 60; second++) {
      const frame = new Float32Array(pixels).fill(20);
      frame[5] = 30 + (second % 3);
      if (second % 10 === 0) frame[5] = 900;
      keeper.take(frame, from + second * 1_000);
    }
  }
  return { keeper, gather };
}

describe("a baseline", () => {
  it("is the median of a minute and the usual distance from it, which garbled frames do not move", () => {
    const { keeper, gather } = open();
    gather(0);
    const { candidate } = keeper.state("S1", 60_000);
    assert.equal(candidate?.celsius[5], 31);
    assert.ok(Math.abs((candidate?.strayCelsius[5] ?? 0) - 1.4826) < 0.001);
    assert.deepEqual([candidate?.celsius[6], candidate?.strayCelsius[6], candidate?.frames], [20, 0, 60]);
  });

  it("counts once a person has approved it, and says who did and why", () => {
    const { keeper, gather } = open();
    gather(0);
    assert.equal(keeper.state("S1", 70_000).approved, undefined);
    keeper.approve("candidate-1", "owner", "seen on site", 70_000);
    const { approved } = keeper.state("S1", 70_000);
    assert.deepEqual([approved?.approvedBy, approved?.why], ["owner", "seen on site"]);
    assert.deepEqual(keeper.state("S1", 70_000).decisions, [
      {
        candidate: "candidate-1",
        verdict: "approved",
        by: "owner",
        why: "seen on site",
        wallMs: 1_000,
      },
    ]);
  });

  it("that is rejected is gone, the one that was approved before stays, and a verdict is given once", () => {
    const { keeper, gather } = open();
    gather(0);
    keeper.approve("candidate-1", "owner", "seen on site", 70_000);
    gather(100_000);
    keeper.reject("candidate-2", "owner", "somebody stood before it", 170_000);
    const { candidate, approved, decisions } = keeper.state("S1", 170_000);
    assert.deepEqual(
      [candidate, approved?.id, decisions[0]?.verdict],
      [undefined, "candidate-1", "rejected"],
    );
    assert.throws(() => keeper.approve("candidate-2", "owner", "after all", 171_000), RangeError);
    assert.throws(() => keeper.reject("candidate-2", "owner", "again", 171_000), RangeError);
  });

  it("is gone an hour after it was proposed, and cannot be approved any more", () => {
    const { keeper, gather } = open();
    gather(0);
    assert.ok(keeper.state("S1", 59_000 + hourMs - 1).candidate);
    assert.throws(() => keeper.approve("candidate-1", "owner", "late", 59_000 + hourMs), /has expired/);
    const { candidate, decisions } = keeper.state("S1", 59_000 + hourMs);
    assert.deepEqual(
      [candidate, decisions[0]?.verdict, decisions[0]?.by],
      [undefined, "expired", "caretaker"],
    );
    assert.equal(keeper.approved, undefined);
  });
});
