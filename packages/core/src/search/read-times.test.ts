import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { readTimes } from "./read-times.ts";

/** A Thursday, a quarter past ten in the morning, in London in winter. */
const now = new Date("2026-11-26T10:15:00Z");

/** `26 10:15`: day of the month and time by the clock in the time zone. */
function read(question: string, timeZone = "Europe/London", at = now): string | null {
  const { stretches } = readTimes(question, { now: at, timeZone });
  if (stretches === null) return null;
  const local = (date: Date) => {
    const { day, hour, minute } = Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(
      timeZone,
    );
    return `${day} ${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  };
  return stretches.map(({ from, until }) => `${local(from)}-${local(until)}`).join(", ");
}

describe("times in a question", () => {
  const meanings: [question: string, meaning: string | null][] = [
    ["a person with a red coat", null],
    ["the cat sat in the sun", null],
    ["a person at the back door last night", "25 18:00-26 06:00"],
    ["yesterday evening", "25 17:00-26 00:00"],
    ["yesterday", "25 00:00-26 00:00"],
    ["the day before yesterday", "24 00:00-25 00:00"],
    ["cars today", "26 00:00-26 10:15"],
    ["this morning", "26 05:00-26 10:15"],
    ["this evening", ""],
    ["on Monday", "23 00:00-24 00:00"],
    ["Monday morning", "23 05:00-23 12:00"],
    ["last Thursday", "19 00:00-20 00:00"],
    ["since Friday", "20 00:00-26 10:15"],
    ["since yesterday evening", "25 17:00-26 10:15"],
    ["since 8 am", "26 08:00-26 10:15"],
    ["between 2 and 4", "25 14:00-25 16:00, 26 02:00-26 04:00"],
    ["between 2 and 4 pm yesterday", "25 14:00-25 16:00"],
    ["yesterday between 22:00 and 2:00", "25 22:00-26 02:00"],
    ["from Monday to Tuesday", "23 00:00-25 00:00"],
    ["yesterday after 22:00", "25 22:00-26 00:00"],
    ["on Tuesday before 6 am", "24 00:00-24 06:00"],
    ["in the last two hours", "26 08:15-26 10:15"],
    ["past 30 minutes", "26 09:45-26 10:15"],
    ["an hour ago", "26 08:45-26 09:45"],
    ["three days ago", "23 00:00-24 00:00"],
    ["yesterday at 3pm", "25 14:30-25 15:30"],
    ["20 November", "20 00:00-21 00:00"],
    ["November 20th 2026", "20 00:00-21 00:00"],
    ["2026-11-20", "20 00:00-21 00:00"],
    ["last week", "16 00:00-23 00:00"],
    ["last weekend", "21 00:00-23 00:00"],
    ["this week", "23 00:00-26 10:15"],
    ["30 February", null],
    // Names that every object of JavaScript has.
    ["the constructor", null],
    ["last constructor", null],
    ["3 constructor ago", null],
  ];
  for (const [question, meaning] of meanings) {
    it(`of "${question}" are ${meaning === null ? "none" : `[${meaning}]`}`, () =>
      assert.equal(read(question), meaning));
  }

  it("follow the clock on the account's wall, where it changes too", () => {
    assert.equal(read("last night", "America/New_York"), "25 18:00-26 05:15");
    // Clocks went back an hour on 25 October, at two: that night had thirteen hours.
    const after = new Date("2026-10-25T12:00:00Z");
    const { stretches } = readTimes("last night", { now: after, timeZone: "Europe/London" });
    const [night] = stretches ?? [];
    assert.equal((night?.until.getTime() ?? 0) - (night?.from.getTime() ?? 0), 13 * 3_600_000);
  });

  it("are taken out of what is looked for, and nothing else is", () => {
    const rest = (question: string) => readTimes(question, { now, timeZone: "Europe/London" }).rest.join(" ");
    assert.equal(rest("person at the back door last night"), "person at the back door");
    assert.equal(rest("two cars since Friday in the drive"), "two cars in the drive");
    assert.equal(rest("cam2 at the yard7b on the 2nd of june"), "cam2 at the yard7b on the");
    assert.equal(rest("somebody by the gate after the dog"), "somebody by the gate after the dog");
  });

  const zones = [
    "Europe/London",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/Santiago",
  ];
  const words = (
    "last night yesterday since between and from to until before after at 2 4 10 22:30 2pm noon friday monday weekend week month " +
    "morning evening the in of on ago hours days three person door 20 november 2026-11-20 31 february"
  ).split(" ");
  const question = fc.oneof(
    fc.array(fc.constantFrom(...words), { maxLength: 9 }).map((parts) => parts.join(" ")),
    fc.string({ unit: "grapheme", maxLength: 60 }),
  );
  const instant = fc.date({ min: new Date("2024-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });

  it("have begun, end after they begin, and are in order, whatever is asked, whenever and wherever", () => {
    fc.assert(
      fc.property(question, instant, fc.constantFrom(...zones), (asked, at, timeZone) => {
        const { stretches } = readTimes(asked, { now: at, timeZone });
        for (const { from, until } of stretches ?? []) {
          assert.ok(from < until && until <= at, `${asked}: ${from.toISOString()} to ${until.toISOString()}`);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("begin at midnight where a day is named, within the last week where it is a weekday", () => {
    const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    fc.assert(
      fc.property(
        fc.nat({ max: 6 }),
        instant,
        fc.constantFrom("Europe/London", "Asia/Kathmandu"),
        (index, at, timeZone) => {
          const [stretch] = readTimes(`since ${weekdays[index]}`, { now: at, timeZone }).stretches ?? [];
          const onWall = (date: Date) =>
            Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(timeZone);
          if (!stretch) {
            // Asked as that day begins, there is nothing of it yet.
            assert.equal(onWall(at).dayOfWeek, index + 1);
            assert.ok(onWall(at).equals(onWall(at).startOfDay()));
            return;
          }
          const from = onWall(stretch.from);
          assert.equal(from.dayOfWeek, index + 1);
          assert.equal(from.startOfDay().epochMilliseconds, from.epochMilliseconds);
          assert.ok(at.getTime() - stretch.from.getTime() < 7 * 25 * 3_600_000);
          assert.equal(stretch.until.getTime(), at.getTime());
        },
      ),
      { examples: [[0, new Date("2024-01-01"), "Europe/London"]] },
    );
  });
});
