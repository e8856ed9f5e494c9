import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { changeTimeZone, inTimeZone, type QuotaCalendar, quotaDay } from "./calendar.ts";
import { localDay } from "./local-day.ts";

const hour = 3_600_000;
const timeZones = Intl.supportedValuesOf("timeZone");
const utc = (text: string) => new Date(`${text}Z`);

describe("quotaDay", () => {
  it("is the local day of a time zone that never changed", () => {
    const at = utc("2026-06-15T12:00:00");
    assert.deepEqual(quotaDay(inTimeZone("Asia/Tokyo"), at), localDay(at, "Asia/Tokyo"));
  });

  it("stretches the day of a move to the first midnight of the new time zone after its old end", () => {
    const now = utc("2026-06-15T12:00:00");
    const west = changeTimeZone(inTimeZone("Europe/London"), "America/New_York", now);
    assert.deepEqual(quotaDay(west, now), {
      start: utc("2026-06-14T23:00:00"),
      end: utc("2026-06-16T04:00:00"),
      date: "2026-06-15",
    });
    const east = changeTimeZone(inTimeZone("Europe/London"), "Asia/Tokyo", now);
    assert.deepEqual(quotaDay(east, now).end, utc("2026-06-16T15:00:00"));
  });

  it("lives by the new time zone from then on", () => {
    const calendar = changeTimeZone(inTimeZone("Europe/London"), "Asia/Tokyo", utc("2026-06-15T12:00:00"));
    const at = utc("2026-06-16T15:00:00");
    assert.deepEqual(quotaDay(calendar, at), localDay(at, "Asia/Tokyo"));
  });

  it("keeps the start of the day under way, so that what was used stays used", () => {
    const now = utc("2026-06-15T12:00:00");
    for (const timeZone of timeZones) {
      const moved = changeTimeZone(inTimeZone("Europe/London"), timeZone, now);
      assert.deepEqual(quotaDay(moved, now).start, utc("2026-06-14T23:00:00"));
    }
  });

  it("forgets a change that is taken back within the day", () => {
    const now = utc("2026-06-15T12:00:00");
    const home = inTimeZone("Europe/London");
    const back = changeTimeZone(
      changeTimeZone(changeTimeZone(home, "Asia/Tokyo", now), "Pacific/Honolulu", now),
      "Europe/London",
      utc("2026-06-15T18:00:00"),
    );
    assert.deepEqual(quotaDay(back, now), quotaDay(home, now));
  });

  it("takes the same time zone again for no change", () => {
    const home = inTimeZone("Europe/London");
    assert.deepEqual(changeTimeZone(home, "Europe/London", utc("2026-06-15T12:00:00")), home);
  });

  it("survives JSON", () => {
    const now = utc("2026-06-15T12:00:00");
    const calendar = changeTimeZone(inTimeZone("Europe/London"), "Asia/Tokyo", now);
    assert.deepEqual(
      quotaDay(JSON.parse(JSON.stringify(calendar)) as QuotaCalendar, now),
      quotaDay(calendar, now),
    );
  });
});

describe("changing the time zone over and over", () => {
  it("never starts a day within 23 hours of the last one, and loses no moment", () => {
    const step = fc.record({
      timeZone: fc.constantFrom(...timeZones),
      waitMs: fc.integer({ min: 0, max: 30 * hour }),
    });
    const from = fc.date({
      min: new Date("2026-01-01"),
      max: new Date("2030-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        from,
        fc.constantFrom(...timeZones),
        fc.array(step, { maxLength: 30 }),
        (start, first, steps) => {
          let calendar = inTimeZone(first);
          let now = start;
          let day = quotaDay(calendar, now);
          for (const { timeZone, waitMs } of steps) {
            now = new Date(now.getTime() + waitMs);
            while (day.end <= now) {
              const next = quotaDay(calendar, day.end);
              assert.deepEqual(next.start, day.end, "days follow one another without a gap");
              assertNotShort(day, calendar);
              day = next;
            }
            calendar = changeTimeZone(calendar, timeZone, now);
            const after = quotaDay(calendar, now);
            assert.deepEqual(after.start, day.start, "a change starts no day");
            assert.ok(after.end > now);
            day = after;
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("gains nothing from moving an hour further west after every midnight", () => {
    let calendar = inTimeZone("Etc/GMT-14");
    const starts = new Set<number>();
    for (let day = 0; day < 24; day += 1) {
      const midnight = utc("2026-06-15T10:00:00").getTime() + day * 25 * hour;
      for (const offset of [-hour / 2, 0]) {
        starts.add(quotaDay(calendar, new Date(midnight + offset)).start.getTime());
      }
      const east = 13 - day;
      const timeZone = east >= 0 ? `Etc/GMT-${east}` : `Etc/GMT+${-east}`;
      calendar = changeTimeZone(calendar, timeZone, new Date(midnight));
    }
    assert.ok(starts.size <= 26, `25 days brought ${starts.size} quota days`);
  });
});

/**
 * No day is shorter than 22 hours: the shortest local day in the years that the test plays in has 23, with room for a
 * time zone that is both ends.
 */
function assertNotShort(day: { start: Date; end: Date }, calendar: QuotaCalendar): void {
  const lengthHours = (day.end.getTime() - day.start.getTime()) / hour;
  assert.ok(lengthHours >= 22, `${lengthHours} hours long, in ${calendar.timeZone}`);
}
