import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rateLimitHeaders } from "./headers.ts";
import { localDay } from "./local-day.ts";

const now = new Date("2026-06-15T22:00:00Z");
const day = localDay(now, "Europe/London");
const usage = { grantedToday: 0, refundedToday: 0, bucket: null, now, day };

describe("rateLimitHeaders", () => {
  it("states guardian's day", () => {
    assert.deepEqual(rateLimitHeaders({ ...usage, tier: "guardian", grantedToday: 3, refundedToday: 1 }), {
      "RateLimit-Policy": '"daily";q=5;w=86400',
      RateLimit: '"daily";r=3;t=3600',
    });
  });

  it("states the true length of a day on which clocks change", () => {
    const noon = new Date("2026-10-25T12:00:00Z");
    const long = { ...usage, tier: "guardian" as const, now: noon, day: localDay(noon, "Europe/London") };
    assert.equal(rateLimitHeaders(long)["RateLimit-Policy"], '"daily";q=5;w=90000');
    assert.equal(rateLimitHeaders(long).RateLimit, '"daily";r=5;t=43200');
  });

  it("never states less than nothing", () => {
    assert.match(rateLimitHeaders({ ...usage, tier: "guardian", grantedToday: 9 }).RateLimit, /;r=0;/);
  });

  it("states pro's tokens for the priority queue, and seconds to the next when there is none", () => {
    assert.deepEqual(rateLimitHeaders({ ...usage, tier: "pro", bucket: { tokens: 4.5, at: now } }), {
      "RateLimit-Policy": '"priority";q=30;w=10800',
      RateLimit: '"priority";r=4;t=0',
    });
    assert.equal(
      rateLimitHeaders({ ...usage, tier: "pro", bucket: { tokens: 0, at: now } }).RateLimit,
      '"priority";r=0;t=360',
    );
  });

  it("states a quota of nothing for lite", () => {
    assert.deepEqual(rateLimitHeaders({ ...usage, tier: "lite" }), {
      "RateLimit-Policy": '"daily";q=0;w=86400',
      RateLimit: '"daily";r=0;t=3600',
    });
  });
});
