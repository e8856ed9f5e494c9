import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tiers } from "../tiers.ts";
import { decide, type QuotaRequest } from "./decide.ts";
import { localDay } from "./local-day.ts";
import { fullBucket } from "./token-bucket.ts";

const now = new Date("2026-06-15T12:00:00Z");
const day = localDay(now, "Europe/London");
const request = (over: Partial<QuotaRequest>): QuotaRequest => ({
  tier: "guardian",
  lifeSafety: false,
  grantedToday: 0,
  refundedToday: 0,
  bucket: null,
  now,
  day,
  ...over,
});

describe("decide", () => {
  it("refuses lite every deep review, and says what to do", () => {
    for (const lifeSafety of [false, true]) {
      const answer = decide(request({ tier: "lite", lifeSafety }));
      assert.ok(answer.kind === "refused");
      assert.equal(answer.code, "tier-excludes");
      assert.match(answer.detail, /move the account to guardian or pro/);
    }
  });

  it("grants guardian five reviews a day and refuses the sixth until midnight", () => {
    for (let granted = 0; granted < 5; granted += 1) {
      assert.deepEqual(decide(request({ grantedToday: granted })), {
        kind: "granted",
        by: "daily",
        queue: "standard",
      });
    }
    const sixth = decide(request({ grantedToday: 5 }));
    assert.ok(sixth.kind === "refused");
    assert.equal(sixth.code, "quota-exceeded");
    assert.deepEqual(sixth.resetsAt, new Date("2026-06-15T23:00:00Z"));
    assert.match(sixth.detail, /5 of 5.*2026-06-15T23:00:00\.000Z/);
  });

  it("grants one more for each refund", () => {
    assert.equal(decide(request({ grantedToday: 5, refundedToday: 1 })).kind, "granted");
    assert.equal(decide(request({ grantedToday: 6, refundedToday: 1 })).kind, "refused");
  });

  it("lets life-safety of guardian and pro pass every limit, on the priority queue, charging nothing", () => {
    const expected = { kind: "granted", by: "life-safety", queue: "priority" };
    assert.deepEqual(decide(request({ lifeSafety: true, grantedToday: 5 })), expected);
    const bucket = { tokens: 0, at: now };
    assert.deepEqual(decide(request({ tier: "pro", lifeSafety: true, bucket })), expected);
  });

  it("takes a token of pro for the priority queue, and sends it to the standard queue when there is none", () => {
    const { allowance } = tiers.pro;
    assert.ok(allowance.kind === "bucket");
    const bucket = { tokens: 1.5, at: now };
    assert.deepEqual(decide(request({ tier: "pro", bucket })), {
      kind: "granted",
      by: "bucket",
      queue: "priority",
      bucket: { tokens: 0.5, at: now },
    });
    assert.deepEqual(decide(request({ tier: "pro", bucket: { tokens: 0.99, at: now } })), {
      kind: "granted",
      by: "overflow",
      queue: "standard",
    });
    const full = fullBucket(allowance.bucket, now);
    assert.deepEqual(
      decide(request({ tier: "pro" })),
      decide(request({ tier: "pro", bucket: full })),
      "an account without a bucket has a full one",
    );
  });

  it("never refuses pro", () => {
    let bucket: QuotaRequest["bucket"] = null;
    const by: string[] = [];
    for (let index = 0; index < 100; index += 1) {
      const answer = decide(request({ tier: "pro", bucket, grantedToday: index }));
      assert.ok(answer.kind === "granted");
      by.push(answer.by);
      bucket = answer.bucket ?? bucket;
    }
    assert.equal(by.filter((basis) => basis === "bucket").length, 30);
    assert.equal(by.filter((basis) => basis === "overflow").length, 70);
  });
});
