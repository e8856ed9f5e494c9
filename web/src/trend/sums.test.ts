import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Trends } from "../api/contract.ts";
import { sumsOf } from "./sums.ts";

const day = { date: "2026-11-20", events: 1_200, digests: 3 };
const trends: Trends = {
  from: "2026-11-19",
  until: "2026-11-20",
  timeZone: "Europe/London",
  days: [
    { ...day, date: "2026-11-19", sessions: { low: 4, standard: 2, elevated: 1, critical: 0 } },
    { ...day, sessions: { low: 9, standard: 0, elevated: 2, critical: 1 } },
  ],
  zones: [],
  zonesLeftOut: 0,
  reviews: { asked: 7, byMembers: 2, completed: 5, failed: 1 },
  dismissed: 4,
  response: { digests: 3, opened: 2, medianSeconds: 272 },
};

describe("the figures of some days", () => {
  it("are summed, and say what was counted", () => {
    const [events, serious, reviews, dismissed, response] = sumsOf(trends);
    assert.deepEqual([events?.figure, events?.detail], ["2,400", "6 digests of them"]);
    assert.equal(serious?.figure, "4");
    assert.equal(reviews?.detail, "2 asked for by members, 1 failed");
    assert.equal(dismissed?.figure, "4");
    assert.deepEqual(
      [response?.figure, response?.detail],
      ["4 min", "in the middle; 2 of 3 serious digests opened"],
    );
  });

  it("say nothing of how soon somebody looked where there was nothing to look at", () => {
    const response = { digests: 0, opened: 0, medianSeconds: null };
    assert.deepEqual(sumsOf({ ...trends, response }).at(-1), {
      name: "Looked at within",
      figure: "–",
      detail: "no serious digest",
    });
  });
});
