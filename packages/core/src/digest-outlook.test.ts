import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type DigestOutlook, foresee, type Prospects } from "./digest-outlook.ts";

const ordinary: Prospects = {
  open: false,
  level: "standard",
  lifeSafety: false,
  isHeldBack: false,
  reviewState: null,
  digestId: null,
  pictures: { ready: 1, announced: 0 },
  refusal: null,
};
const used = { code: "quota-exceeded", detail: "All 5 reviews of today are used." } as const;
const lite = { code: "tier-excludes", detail: "The lite tier has no deep reviews." } as const;

describe("foresee", () => {
  const cases: [
    what: string,
    prospects: Partial<Prospects>,
    state: DigestOutlook["state"],
    reason: DigestOutlook["reason"],
  ][] = [
    ["a stored digest", { digestId: `dig_${"0".repeat(32)}`, reviewState: "completed" }, "here", "stored"],
    ["a queued review", { reviewState: "queued" }, "coming", "under-review"],
    ["a session of cameras that cry wolf", { isHeldBack: true }, "none", "source"],
    ["an open one of theirs", { isHeldBack: true, open: true }, "possible", "source"],
    [
      "a review that was asked for all the same",
      { isHeldBack: true, reviewState: "queued" },
      "coming",
      "under-review",
    ],
    ["a running review of a low session", { reviewState: "running", level: "low" }, "coming", "under-review"],
    ["a failed review", { reviewState: "failed" }, "none", "review-failed"],
    ["an open session with a picture", { open: true }, "coming", "session-open"],
    [
      "an open session without one",
      { open: true, pictures: { ready: 0, announced: 0 } },
      "possible",
      "no-picture",
    ],
    ["a closed session without one", { pictures: { ready: 0, announced: 0 } }, "none", "no-picture"],
    [
      "a closed session whose pictures are outstanding",
      { pictures: { ready: 0, announced: 2 } },
      "possible",
      "pictures-outstanding",
    ],
    ["an open low session", { open: true, level: "low" }, "possible", "level"],
    ["a closed low session", { level: "low" }, "none", "level"],
    [
      "a closed low session that threatens a life",
      { level: "low", lifeSafety: true, open: true },
      "coming",
      "session-open",
    ],
    ["the lite tier", { refusal: lite }, "none", "tier"],
    [
      "the lite tier, however bad it looks",
      { refusal: lite, level: "critical", lifeSafety: true },
      "none",
      "tier",
    ],
    ["an allowance that is used up", { refusal: used }, "none", "allowance"],
    [
      "an allowance that is used up while the session is open",
      { refusal: used, open: true },
      "possible",
      "allowance",
    ],
    ["an allowance that was used up and is there again", {}, "none", "allowance"],
  ];
  for (const [what, prospects, state, reason] of cases) {
    it(`says ${state}, because of ${reason}, of ${what}`, () => {
      const outlook = foresee({ ...ordinary, ...prospects });
      assert.deepEqual([outlook.state, outlook.reason], [state, reason]);
      assert.match(outlook.text, /^[A-Z].*\.$/);
    });
  }
});
