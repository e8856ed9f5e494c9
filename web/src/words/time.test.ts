import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ago, clock, dateKey, day, duration, until, withoutClock } from "./time.ts";

const london = "Europe/London";
const evening = Date.parse("2026-11-20T18:30:00Z");

describe("time in words", () => {
  it("speaks in the account's time zone, not the browser's", () => {
    assert.equal(clock("2026-11-20T18:28:36Z", london), "18:28");
    assert.equal(clock("2026-11-20T18:28:36Z", "Asia/Kathmandu"), "00:13");
    assert.equal(dateKey("2026-11-20T18:28:36Z", "Asia/Kathmandu"), "2026-11-21");
  });

  it("names days by the account's calendar", () => {
    assert.equal(day("2026-11-20T00:00:00Z", london, evening), "Today");
    assert.equal(day("2026-11-19T23:59:59Z", london, evening), "Yesterday");
    assert.equal(day("2026-11-13T12:00:00Z", london, evening), "Friday 13 November");
    assert.equal(day("2025-11-13T12:00:00Z", london, evening), "Thursday 13 November 2025");
    assert.equal(day("2026-11-20T18:20:00Z", "Asia/Tokyo", evening), "Today");
  });

  it("finds yesterday across the end of summer time and of a year", () => {
    assert.equal(day("2026-10-24T23:30:00Z", london, Date.parse("2026-10-26T12:00:00Z")), "Yesterday");
    assert.equal(day("2025-12-31T22:00:00Z", london, Date.parse("2026-01-01T08:00:00Z")), "Yesterday");
  });

  it("counts back in the unit that fits", () => {
    const before = (seconds: number) => new Date(evening - seconds * 1000).toISOString();
    assert.equal(ago(before(1), london, evening), "just now");
    assert.equal(ago(before(42), london, evening), "42 s ago");
    assert.equal(ago(before(3_599), london, evening), "59 min ago");
    assert.equal(ago(before(7_300), london, evening), "2 h ago");
    assert.equal(ago(before(20 * 3_600), london, evening), "yesterday at 22:30");
  });

  it("says when an allowance comes back", () => {
    assert.equal(until("2026-11-20T20:00:00Z", london, evening), "today at 20:00");
    assert.equal(until("2026-11-21T00:00:00Z", london, evening), "tomorrow at 00:00");
  });

  it("does not say a time twice", () => {
    const at = "2026-11-20T18:28:36Z";
    assert.equal(withoutClock("18:28:36 a dog on the lawn", at, london), "A dog on the lawn");
    assert.equal(withoutClock("18:28:36-18:29:02 one person", at, london), "One person, until 18:29:02");
    assert.equal(withoutClock("19:28:36 a dog", at, london), "19:28:36 a dog");
    assert.equal(withoutClock("A dog at 18:28:36", at, london), "A dog at 18:28:36");
  });

  it("gives durations two useful figures", () => {
    assert.equal(duration(0.42), "0.4 ms");
    assert.equal(duration(380.4), "380 ms");
    assert.equal(duration(999.7), "1.0 s");
    assert.equal(duration(4_230), "4.2 s");
    assert.equal(duration(72_000), "1 min 12 s");
  });
});
