import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isSampled, pairKeyOf, pickMoment, sideOf } from "./sample.ts";

const looks = Array.from({ length: 4_000 }, (_, no) => ({ experimentId: "xpr_1", reviewId: `rev_${no}` }));
const shareOf = (is: (look: (typeof looks)[number]) => boolean) => looks.filter(is).length / looks.length;

describe("the sample of a model on trial", () => {
  it("is the share that was asked for, whatever the experiment, and one that grows keeps what it had", () => {
    assert.ok(Math.abs(shareOf((look) => isSampled(look, 0.1)) - 0.1) < 0.02);
    assert.equal(
      shareOf((look) => isSampled(look, 0)),
      0,
    );
    assert.equal(
      shareOf((look) => isSampled(look, 1)),
      1,
    );
    assert.ok(looks.every((look) => !isSampled(look, 0.1) || isSampled(look, 0.2)));
    const other = shareOf(
      (look) => isSampled(look, 0.5) === isSampled({ ...look, experimentId: "xpr_2" }, 0.5),
    );
    assert.ok(Math.abs(other - 0.5) < 0.05, "experiments sample independently");
  });

  it("names sides and pictures that tell nothing of each other", () => {
    const moments = ["c", "a", "b", "d"].map((id) => ({ id }));
    assert.ok(Math.abs(shareOf((look) => sideOf(look) === "a") - 0.5) < 0.05);
    for (const { id } of moments) {
      assert.ok(Math.abs(shareOf((look) => pickMoment(look, moments)?.id === id) - 0.25) < 0.05);
    }
    const [look] = looks;
    assert.ok(look);
    assert.equal(pickMoment(look, moments)?.id, pickMoment(look, moments.toReversed())?.id);
    assert.equal(pickMoment(look, []), undefined);
    assert.ok(!pairKeyOf(look).includes(look.reviewId));
  });
});
