import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addUp } from "./add-up.ts";

describe("the ledger, added up", () => {
  const line = (counts: Parameters<typeof addUp>[0]) =>
    addUp(counts).find(({ noun }) => noun === "deliveries") ?? assert.fail();
  const deliveries = (state: string, count: number) => ({ noun: "deliveries" as const, state, count });

  it("is zero while what came is under way or has ended", () => {
    const { states: _, ...sums } = line([
      deliveries("accepted", 5),
      deliveries("pending", 2),
      deliveries("delivered", 2),
      deliveries("failed", 1),
    ]);
    assert.deepEqual(sums, { noun: "deliveries", accepted: 5, underWay: 2, ended: 3, missing: 0 });
  });

  it("misses what is nowhere, and what stands where nothing may stand", () => {
    assert.equal(line([deliveries("accepted", 2), deliveries("pending", 1)]).missing, 1);
    assert.equal(
      line([deliveries("accepted", 2), deliveries("pending", 1), deliveries("lost", 1)]).missing,
      1,
    );
  });

  it("tells what is there twice by a negative figure", () => {
    assert.equal(line([deliveries("accepted", 1), deliveries("delivered", 2)]).missing, -1);
  });

  it("has every line, of an account that has nothing too", () => {
    assert.deepEqual(
      addUp([]).map(({ noun, missing }) => [noun, missing]),
      [
        ["events", 0],
        ["sessions", 0],
        ["moments", 0],
        ["reviews", 0],
        ["digests", 0],
        ["allowance", 0],
        ["deliveries", 0],
      ],
    );
  });
});
