import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { isTimeZone, localDay } from "./local-day.ts";

const hour = 3_600_000;
const timeZones = Intl.supportedValuesOf("timeZone");

function hours(at: string, timeZone: string): number {
  const { start, end } = localDay(new Date(at), timeZone);
  return (end.getTime() - start.getTime()) / hour;
}

describe("localDay", () => {
  for (const [name, at, timeZone, start, length] of [
    ["an ordinary day", "2026-06-15T12:00:00Z", "Europe/London", "2026-06-14T23:00:00.000Z", 24],
    ["spring forward", "2026-03-29T12:00:00Z", "Europe/London", "2026-03-29T00:00:00.000Z", 23],
    ["fall back", "2026-10-25T12:00:00Z", "Europe/London", "2026-10-24T23:00:00.000Z", 25],
    ["half an hour", "2026-04-05T02:00:00Z", "Australia/Lord_Howe", "2026-04-04T13:00:00.000Z", 24.5],
    ["midnight skipped", "2026-09-06T15:00:00Z", "America/Santiago", "2026-09-06T04:00:00.000Z", 23],
    ["midnight skipped", "2026-04-24T12:00:00Z", "Africa/Cairo", "2026-04-23T22:00:00.000Z", 23],
    ["midnight skipped", "2026-03-29T12:00:00Z", "Asia/Beirut", "2026-03-28T22:00:00.000Z", 23],
    ["last hour repeated", "2026-04-05T01:00:00Z", "America/Santiago", "2026-04-04T03:00:00.000Z", 25],
    ["a date skipped", "2011-12-30T09:59:00Z", "Pacific/Apia", "2011-12-29T10:00:00.000Z", 24],
  ] as const) {
    it(`${name}: the day of ${at} in ${timeZone} lasts ${length} hours`, () => {
      const day = localDay(new Date(at), timeZone);
      assert.equal(day.start.toISOString(), start);
      assert.equal(hours(at, timeZone), length);
    });
  }

  it("does not return to a day that has ended when a clock is turned back across midnight", () => {
    const before = localDay(new Date("2010-11-07T02:30:30Z"), "America/St_Johns");
    const repeated = localDay(new Date("2010-11-07T02:45:00Z"), "America/St_Johns");
    assert.equal(before.date, "2010-11-07");
    assert.deepEqual(repeated, before);
    assert.equal((before.end.getTime() - before.start.getTime()) / hour, 25);
  });

  it("refuses a time zone that it does not know, and says what it expected", () => {
    assert.throws(() => localDay(new Date(), "Mars/Olympus_Mons"), /IANA name .* got "Mars\/Olympus_Mons"/);
    assert.ok(isTimeZone("Europe/London"));
    assert.ok(!isTimeZone("Mars/Olympus_Mons"));
    for (const time of ["2020-01-01T00:00Z", "2020-01-01T00:00:00+05:30[Asia/Kolkata]"]) {
      assert.ok(!isTimeZone(time), time);
    }
  });

  it("parts all time into days in every time zone, around every change of clocks from 2025 to 2029", () => {
    for (const timeZone of timeZones) {
      for (const transition of transitions(timeZone, "2025-01-01T00:00Z", "2029-01-01T00:00Z")) {
        for (const offset of [-1, 0, 59 * 60_000]) assertDay(new Date(transition + offset), timeZone);
      }
    }
  });

  it("parts all time into days at random instants of every time zone", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...timeZones),
        fc.date({ min: new Date("1980-01-01"), max: new Date("2045-01-01"), noInvalidDate: true }),
        (timeZone, at) => assertDay(at, timeZone),
      ),
      { numRuns: 1_000 },
    );
  });
});

function* transitions(timeZone: string, from: string, to: string): Generator<number> {
  let at = Temporal.Instant.from(from).toZonedDateTimeISO(timeZone).getTimeZoneTransition("next");
  while (at && at.epochMilliseconds < Temporal.Instant.from(to).epochMilliseconds) {
    yield at.epochMilliseconds;
    at = at.getTimeZoneTransition("next");
  }
}

function assertDay(at: Date, timeZone: string): void {
  const day = localDay(at, timeZone);
  const where = `${at.toISOString()} in ${timeZone}`;
  assert.ok(day.start <= at && at < day.end, `the day holds ${where}`);
  assert.deepEqual(localDay(day.start, timeZone), day, `its first instant is in it: ${where}`);
  assert.deepEqual(localDay(new Date(day.end.getTime() - 1), timeZone), day, `its last too: ${where}`);
  assert.deepEqual(localDay(day.end, timeZone).start, day.end, `the next begins where it ends: ${where}`);
}
