import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Language } from "../language/wire.ts";
import { describeOvernight, type Happening } from "./describe-overnight.ts";
import { toMinutes, toQuietHours } from "./quiet-hours.ts";
import { latestQuiet, quietWindow } from "./quiet-window.ts";

const london = quietWindow(22 * 60, 7 * 60, "Europe/London");
const quietAt = (at: string, window = london) => {
  const quiet = latestQuiet(window, new Date(at));
  return quiet && [quiet.start.toISOString(), quiet.end.toISOString()];
};

describe("the quiet time that began last", () => {
  it("is the one under way, else the night before", () => {
    const night = ["2026-06-01T21:00:00.000Z", "2026-06-02T06:00:00.000Z"];
    assert.deepEqual(quietAt("2026-06-01T21:00:00Z"), night);
    assert.deepEqual(quietAt("2026-06-02T05:59:59Z"), night);
    assert.deepEqual(quietAt("2026-06-02T06:00:00Z"), night);
    assert.deepEqual(quietAt("2026-06-02T20:59:59Z"), night);
  });

  it("follows the clock on the wall through the nights when clocks change", () => {
    // 8 hours on 29 March, 10 hours on 25 October.
    assert.deepEqual(quietAt("2026-03-29T12:00:00Z"), [
      "2026-03-28T22:00:00.000Z",
      "2026-03-29T06:00:00.000Z",
    ]);
    assert.deepEqual(quietAt("2026-10-25T12:00:00Z"), [
      "2026-10-24T21:00:00.000Z",
      "2026-10-25T07:00:00.000Z",
    ]);
  });

  it("passes over a day whose quiet time the clock skipped", () => {
    // 00:00 to 01:00 does not exist in Santiago on 6 September 2026.
    const window = quietWindow(0, 60, "America/Santiago");
    assert.deepEqual(quietAt("2026-09-06T12:00:00Z", window), [
      "2026-09-05T04:00:00.000Z",
      "2026-09-05T05:00:00.000Z",
    ]);
  });

  it("is none without a window", () => {
    assert.equal(quietAt("2026-06-01T21:00:00Z", null), undefined);
    assert.equal(quietAt("2026-06-01T21:00:00Z", quietWindow(60, 60, "UTC")), undefined);
  });
});

describe("quiet hours", () => {
  it("are the same in minutes and back", () => {
    for (const hours of [{ from: "22:00", until: "07:05" }, { from: "00:00", until: "23:59" }, null]) {
      assert.deepEqual(toQuietHours(toMinutes(hours)), hours);
    }
  });
});

describe("the morning summary", () => {
  const quiet = { start: new Date("2026-10-24T21:00:00Z"), end: new Date("2026-10-25T07:00:00Z") };
  const happening = (at: string, level: Happening["level"], title: string): Happening => ({
    at: new Date(at),
    level,
    siteName: "Home",
    title,
  });
  const told = (happenings: Happening[], now = "2026-10-25T08:00:00Z", language: Language = "en") =>
    describeOvernight(quiet, happenings, { now: new Date(now), timeZone: "Europe/London", language });

  it("says that nothing happened, and since when while the night lasts", () => {
    assert.deepEqual(told([]), { headline: "Nothing happened from 22:00 until 07:00.", sentences: [] });
    assert.equal(told([], "2026-10-25T03:00:00Z").headline, "Nothing happened since 22:00.");
  });

  it("tells the weightiest first with the time on the wall, and counts the rest", () => {
    const summary = told([
      happening("2026-10-24T23:10:00Z", "standard", "A car in the driveway."),
      happening("2026-10-25T01:30:00Z", "elevated", "A person at the back door"),
      happening("2026-10-25T02:00:00Z", "low", "A cat."),
      happening("2026-10-25T03:00:00Z", "low", "A cat."),
    ]);
    assert.deepEqual(summary, {
      headline: "4 alerts waited (1 elevated, 1 standard, 2 low) from 22:00 until 07:00.",
      sentences: [
        "01:30, Home: A person at the back door (elevated).",
        "00:10, Home: A car in the driveway (standard).",
        "And 2 others of level low.",
      ],
    });
  });

  it("tells of at most ten, and how many more there were", () => {
    const many = Array.from({ length: 14 }, (_, index) =>
      happening(new Date(Date.UTC(2026, 9, 25, 1, index)).toISOString(), "standard", "A person"),
    );
    const { sentences } = told(many);
    assert.equal(sentences.length, 11);
    assert.equal(sentences.at(-1), "And 4 others.");
  });

  it("says the same in German", () => {
    const german = (happenings: Happening[], now?: string) => told(happenings, now, "de");
    const car = happening("2026-10-24T23:10:00Z", "elevated", "Ein Auto in der Einfahrt.");
    const cat = happening("2026-10-25T02:00:00Z", "low", "Eine Katze.");
    assert.equal(german([]).headline, "Es geschah nichts von 22:00 bis 07:00 Uhr.");
    assert.equal(german([], "2026-10-25T03:00:00Z").headline, "Es geschah nichts seit 22:00 Uhr.");
    assert.deepEqual(german([cat]), {
      headline: "1 Meldung wartete von 22:00 bis 07:00 Uhr (1 niedrig).",
      sentences: ["Keine lag über der Stufe „niedrig“."],
    });
    assert.deepEqual(german([car, cat]), {
      headline: "2 Meldungen warteten von 22:00 bis 07:00 Uhr (1 erhöht, 1 niedrig).",
      sentences: [
        "00:10 Uhr, Home: Ein Auto in der Einfahrt (erhöht).",
        "Und 1 weitere der Stufe „niedrig“.",
      ],
    });
  });

  it("says when none of it was above low", () => {
    assert.deepEqual(told([happening("2026-10-25T01:30:00Z", "low", "A cat.")]), {
      headline: "1 alert waited (1 low) from 22:00 until 07:00.",
      sentences: ["None was above level low."],
    });
  });
});
