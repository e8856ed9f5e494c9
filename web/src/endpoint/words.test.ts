import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { DeliverySummary } from "../api/contract.ts";
import { outcomeOf } from "./words.ts";

const delivery = (part: Partial<DeliverySummary>): DeliverySummary => ({
  id: "dlv_1",
  endpointId: "end_1",
  kind: "digest",
  state: "delivered",
  level: "standard",
  title: "A person at the door",
  subject: "dig_1",
  attempts: 1,
  nextAttemptAt: null,
  reason: null,
  createdAt: "2026-03-01T10:00:00Z",
  endedAt: null,
  ...part,
});

describe("what became of a delivery", () => {
  it("is said with its reason", () => {
    assert.equal(outcomeOf(delivery({})), "delivered");
    assert.equal(outcomeOf(delivery({ attempts: 3 })), "delivered after 3 attempts");
    assert.equal(outcomeOf(delivery({ state: "pending", attempts: 0 })), "on its way");
    assert.equal(
      outcomeOf(delivery({ state: "pending", reason: "the receiver answered 500" })),
      "1 attempt so far: the receiver answered 500; tried again",
    );
    assert.match(outcomeOf(delivery({ state: "failed", reason: "no" })), /^failed: no$/);
    assert.match(outcomeOf(delivery({ state: "dropped", reason: "quiet hours" })), /quiet hours/);
  });
});
