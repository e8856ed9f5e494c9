import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { attemptsMax, delaysMs, nextDelayMs, readRetryAfter } from "./schedule.ts";

const unit = fc.double({ min: 0, max: 1, noNaN: true });

describe("the schedule of a delivery", () => {
  it("makes ten attempts, the first at once, and the last three days after", () => {
    assert.equal(attemptsMax, 10);
    const hours = delaysMs.reduce((sum, delay) => sum + delay, 0) / 3_600_000;
    assert.ok(hours > 72 && hours < 80, `${hours} h`);
    assert.equal(nextDelayMs(10, 0.5), undefined);
    assert.equal(nextDelayMs(1, 0.5), 5_000);
  });

  it("waits longer after each failure, within a tenth of the schedule", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), unit, unit, (failed, one, other) => {
        const sooner = nextDelayMs(failed, one);
        const later = nextDelayMs(failed + 1, other);
        const planned = delaysMs[failed - 1] ?? Number.NaN;
        assert.ok(sooner !== undefined && later !== undefined);
        // 20 h and 24 h lie closer together than their jitter is wide.
        assert.ok(sooner < later || failed === 8);
        assert.ok(Math.abs(sooner - planned) <= planned * 0.1 + 1);
      }),
    );
  });

  it("never comes back sooner than a receiver asked for, up to a day", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        unit,
        fc.nat({ max: 200_000_000 }),
        (failed, random, asked) => {
          const delay = nextDelayMs(failed, random, asked) ?? 0;
          assert.ok(delay >= Math.min(asked, 86_400_000));
        },
      ),
    );
  });

  it("reads Retry-After in seconds and as a date, and ignores anything else", () => {
    const now = new Date("2026-03-01T10:00:00Z");
    assert.equal(readRetryAfter("120", now), 120_000);
    assert.equal(readRetryAfter("Sun, 01 Mar 2026 10:01:00 GMT", now), 60_000);
    assert.equal(readRetryAfter("Sun, 01 Mar 2026 09:00:00 GMT", now), 0);
    for (const odd of [undefined, "", "soon", "-5", "1e9", "99999999999"]) {
      assert.equal(readRetryAfter(odd, now), 0);
    }
  });
});
