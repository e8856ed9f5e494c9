import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { clockTime, isNight, localHour, zoneWords } from "./local-time.ts";

describe("clockTime", () => {
  it("agrees with Intl to the second in every zone, also around changes of the clocks", () => {
    const formatters = new Map(
      Intl.supportedValuesOf("timeZone").map((timeZone) => [
        timeZone,
        new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "medium", hourCycle: "h23" }),
      ]),
    );
    const instants = fc.date({
      min: new Date("1990-01-01T00:00:00Z"),
      max: new Date("2037-12-31T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...formatters.keys()),
        instants,
        fc.nat({ max: 3_600_000 }),
        (zone, at, laterMs) => {
          for (const instant of [at, new Date(at.getTime() + laterMs)]) {
            assert.equal(clockTime(instant, zone), formatters.get(zone)?.format(instant));
          }
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it("follows the clocks of London through both changes of 2026", () => {
    const times = [
      "2026-03-29T00:59:59Z",
      "2026-03-29T01:00:00Z",
      "2026-10-25T00:59:59Z",
      "2026-10-25T01:00:00Z",
    ];
    assert.deepEqual(
      times.map((time) => clockTime(new Date(time), "Europe/London")),
      ["00:59:59", "02:00:00", "01:59:59", "01:00:00"],
    );
  });

  it("refuses a zone that does not exist and a date that is none", () => {
    assert.throws(() => clockTime(new Date(0), "Europe/Atlantis"), RangeError);
    assert.throws(() => clockTime(new Date(Number.NaN), "Europe/London"), RangeError);
  });
});

describe("isNight", () => {
  it("begins at 22:00 and ends at 06:00 local", () => {
    const hours = [21, 22, 23, 0, 5, 6].map((hour) => new Date(Date.UTC(2026, 0, 15, hour, 30)));
    assert.deepEqual(
      hours.map((at) => isNight(at, "Europe/London")),
      [false, true, true, true, true, false],
    );
    assert.equal(localHour(new Date("2026-01-15T22:30:00Z"), "America/New_York"), 17);
    assert.equal(isNight(new Date("2026-01-15T22:30:00Z"), "America/New_York"), false);
  });
});

describe("zoneWords", () => {
  it("names the city", () => {
    assert.deepEqual(["Europe/London", "America/Argentina/Buenos_Aires", "UTC", "Etc/UTC"].map(zoneWords), [
      "London time",
      "Buenos Aires time",
      "UTC",
      "UTC",
    ]);
  });
});
