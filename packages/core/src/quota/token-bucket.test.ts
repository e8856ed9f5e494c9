import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { type Bucket, fullBucket, giveBack, refill, secondsToToken, take } from "./token-bucket.ts";

const rules = { capacity: 30, refillPerHour: 10 };
const start = new Date("2026-06-15T12:00:00Z");
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);

describe("the token bucket", () => {
  it("refills continuously, up to its capacity", () => {
    const empty: Bucket = { tokens: 0, at: start };
    assert.equal(refill(empty, rules, later(360)).tokens, 1);
    assert.equal(refill(empty, rules, later(3600)).tokens, 10);
    assert.equal(refill(empty, rules, later(100 * 3600)).tokens, 30);
  });

  it("takes whole tokens only", () => {
    assert.equal(take({ tokens: 0.99, at: start }, rules, start), undefined);
    assert.deepEqual(take({ tokens: 1, at: start }, rules, start), { tokens: 0, at: start });
  });

  it("gives back one token, never beyond the capacity", () => {
    assert.equal(giveBack({ tokens: 3, at: start }, rules, start).tokens, 4);
    assert.equal(giveBack(fullBucket(rules, start), rules, start).tokens, 30);
  });

  it("ignores a clock that went back", () => {
    const bucket: Bucket = { tokens: 5, at: later(60) };
    assert.deepEqual(refill(bucket, rules, start), bucket);
  });

  it("says in how many seconds there is a token", () => {
    assert.equal(secondsToToken({ tokens: 1, at: start }, rules, start), 0);
    assert.equal(secondsToToken({ tokens: 0, at: start }, rules, start), 360);
    assert.equal(secondsToToken({ tokens: 0.5, at: start }, rules, later(90)), 90);
  });

  it("never grants more than its capacity and what has flowed in since", () => {
    const steps = fc.array(fc.record({ wait: fc.integer({ min: 0, max: 900 }), back: fc.boolean() }), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(steps, (list) => {
        let bucket = fullBucket(rules, start);
        let seconds = 0;
        let net = 0;
        for (const { wait, back } of list) {
          seconds += wait;
          if (back && net > 0) {
            bucket = giveBack(bucket, rules, later(seconds));
            net -= 1;
          } else {
            const taken = take(bucket, rules, later(seconds));
            net += taken ? 1 : 0;
            bucket = taken ?? bucket;
          }
          assert.ok(bucket.tokens >= 0 && bucket.tokens <= rules.capacity);
          assert.ok(net <= rules.capacity + (seconds / 3600) * rules.refillPerHour + 1e-6);
        }
      }),
    );
  });
});
