import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { endsAt, isQuiet, type QuietWindow, quietWindow } from "./quiet-window.ts";

const london: QuietWindow = { fromMinute: 22 * 60, untilMinute: 7 * 60, timeZone: "Europe/London" };
const alert = { lifeSafety: false };
const quietAt = (window: QuietWindow | null, text: string) => isQuiet(window, new Date(text), alert);
const timeZones = Intl.supportedValuesOf("timeZone");

/** Hours from an instant until the quiet time that holds it ends. */
function quietHours(text: string): number {
  const from = new Date(text);
  return ((endsAt(london, from)?.getTime() ?? 0) - from.getTime()) / 3_600_000;
}

describe("the quiet window", () => {
  it("is off by default", () => {
    assert.equal(quietWindow(null, null, "Europe/London"), null);
    assert.equal(quietAt(null, "2026-06-15T01:00:00Z"), false);
    assert.equal(endsAt(null, new Date("2026-06-15T01:00:00Z")), undefined);
  });

  it("spans midnight, its start included and its end not", () => {
    assert.equal(quietAt(london, "2026-06-15T20:59:59.999Z"), false);
    assert.equal(quietAt(london, "2026-06-15T21:00:00Z"), true);
    assert.equal(quietAt(london, "2026-06-16T05:59:59.999Z"), true);
    assert.equal(quietAt(london, "2026-06-16T06:00:00Z"), false);
    assert.deepEqual(endsAt(london, new Date("2026-06-15T23:30:00Z")), new Date("2026-06-16T06:00:00Z"));
  });

  it("may lie within one day", () => {
    const siesta = quietWindow(13 * 60, 15 * 60, "Europe/Madrid");
    assert.equal(quietAt(siesta, "2026-06-15T12:00:00Z"), true);
    assert.equal(quietAt(siesta, "2026-06-15T13:00:00Z"), false);
    assert.equal(quietAt(siesta, "2026-06-15T01:00:00Z"), false);
  });

  it("never holds back life-safety", () => {
    assert.equal(isQuiet(london, new Date("2026-06-16T01:00:00Z"), { lifeSafety: true }), false);
  });

  it("ends by the clock on the wall on the nights on which it changes", () => {
    assert.equal(quietHours("2026-03-28T22:00:00Z"), 8, "clocks go forward");
    assert.equal(quietHours("2026-10-24T21:00:00Z"), 10, "clocks go back");
  });

  it("begins and ends where the gap ends when the clock skips its time", () => {
    const gap = "2026-03-29T01:00:00Z";
    const starts = quietWindow(90, 7 * 60, "Europe/London");
    assert.equal(quietAt(starts, "2026-03-29T00:59:59Z"), false);
    assert.equal(quietAt(starts, gap), true);
    const ends = quietWindow(22 * 60, 90, "Europe/London");
    assert.deepEqual(endsAt(ends, new Date("2026-03-29T00:30:00Z")), new Date(gap));
    assert.equal(quietAt(quietWindow(75, 100, "Europe/London"), gap), false, "skipped as a whole");
  });

  it("takes the first of a time that comes twice", () => {
    const ends = quietWindow(22 * 60, 90, "Europe/London");
    assert.deepEqual(endsAt(ends, new Date("2026-10-24T22:00:00Z")), new Date("2026-10-25T00:30:00Z"));
    assert.equal(quietAt(ends, "2026-10-25T01:15:00Z"), false);
  });

  it("is none when both minutes are equal, and refuses minutes that no day has", () => {
    assert.equal(quietAt(quietWindow(60, 60, "Europe/London"), "2026-06-15T00:00:00Z"), false);
    assert.throws(() => quietWindow(-1, 60, "Europe/London"), /0\.\.1439, got -1/);
    assert.throws(() => quietWindow(0, 1440, "Europe/London"), /0\.\.1439, got 1440/);
  });

  it("ends within a day of any quiet instant, in every time zone, and is over then", () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const instant = fc.date({
      min: new Date("2020-01-01"),
      max: new Date("2035-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(minute, minute, fc.constantFrom(...timeZones), instant, (from, until, timeZone, now) => {
        const window = quietWindow(from, until, timeZone);
        const end = endsAt(window, now);
        assert.equal(isQuiet(window, now, alert), end !== undefined);
        if (!end) return;
        assert.ok(end > now && end.getTime() - now.getTime() <= 25 * 3_600_000);
        assert.equal(isQuiet(window, new Date(end.getTime() - 1), alert), true);
        assert.equal(isQuiet(window, end, alert), false);
      }),
      { numRuns: 500 },
    );
  });
});
