import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Ledger } from "../api/contract.ts";
import { statesOf, verdictOf } from "./ledger-words.ts";

const line: Ledger["lines"][number] = {
  noun: "deliveries",
  accepted: 3,
  underWay: 1,
  ended: 2,
  missing: 0,
  states: [
    { state: "pending", count: 1, isUnderWay: true },
    { state: "delivered", count: 2, isUnderWay: false },
    { state: "failed", count: 0, isUnderWay: false },
  ],
};

describe("the words of the ledger", () => {
  it("name what there is and leave out what there is not", () => {
    assert.equal(statesOf(line, "under way"), "1 on their way");
    assert.equal(statesOf(line, "ended"), "2 delivered");
    assert.equal(statesOf({ ...line, states: [] }, "ended"), "none");
  });

  it("say whether it balances, and what does not", () => {
    const ledger: Ledger = { at: "2026-07-02T18:00:00.000Z", balanced: true, lines: [line], faults: [] };
    assert.match(verdictOf(ledger), /Nothing is missing/);
    const broken = verdictOf({
      ...ledger,
      balanced: false,
      lines: [{ ...line, missing: 1 }],
      faults: [{ kind: "review-without-job", subject: "rev_1", detail: "queued" }],
    });
    assert.match(broken, /figures of deliveries do not add up\. 1 cannot go on/);
  });
});
