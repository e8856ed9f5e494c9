/** What a household is told in a week of a camera before which cars stand, people pass and a van comes and goes. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { playWeek, type Stay } from "../../testing/camera-week.ts";
import { textsOf } from "../../testing/tell.ts";
import { departedMax, evidenceMax, standingMax } from "./learn.ts";

const car: Omit<Stay, "fromHour" | "untilHour"> = {
  label: "car",
  box: [0.1, 0.5, 0.25, 0.2],
  confidence: 0.82,
  colour: "blue",
  hash: "0f3c5a96e1874b2d",
};
const van: Omit<Stay, "fromHour" | "untilHour"> = {
  label: "truck",
  box: [0.6, 0.35, 0.3, 0.3],
  confidence: 0.78,
  colour: "white",
  hash: "93c6a5f01e78d24b",
};
/** Far away and hardly seen: it flickers all week. */
const distant: Stay = {
  label: "car",
  box: [0.44, 0.2, 0.05, 0.04],
  confidence: 0.36,
  colour: "grey",
  hash: "5599aa66cc33f00f",
  fromHour: 0,
  untilHour: 999,
};

const wednesdayTen = 58;
const wednesdaySix = 66;
const fridayTwo = 110;
const saturdayNine = 129;
const stays: readonly Stay[] = [
  { ...car, fromHour: 0, untilHour: wednesdayTen },
  { ...car, fromHour: wednesdaySix, untilHour: 999 },
  { ...van, fromHour: fridayTwo, untilHour: saturdayNine },
  distant,
];
const seeds = Array.from({ length: 25 }, (_, index) => index + 1);

describe("a week before one camera", () => {
  const weeks = seeds.map((seed) => ({ seed, ...playWeek({ stays, seed }) }));

  /** What is told as new, without what is only possible. */
  const surely = (text: string) =>
    / (?:was|were) seen/.test(text) ? text.replaceAll(/possibly [^,]*? (?=and|was|were|,)/gi, "") : "";

  it("tells of each arrival once", () => {
    for (const { seed, visits } of weeks) {
      const told = visits.filter(({ description }) =>
        textsOf(description).some((text) => /\b(?:cars?|trucks?)\b/.test(surely(text))),
      );
      const hours = told.map(({ at }) => (at.getTime() - Date.parse("2026-06-01T00:00:00Z")) / 3_600_000);
      assert.equal(told.length, 3, `seed ${seed}: ${hours.map((hour) => hour.toFixed(1)).join(", ")}`);
      const [first = 99, second = 0, third = 0] = hours;
      assert.ok(
        first < 8 && second >= wednesdaySix && second < wednesdaySix + 3,
        `seed ${seed}: ${hours.join()}`,
      );
      assert.ok(third >= fridayTwo && third < fridayTwo + 3, `seed ${seed}: ${hours.join()}`);
    }
  });

  it("tells of each departure once, within hours of daylight", () => {
    for (const { seed, visits } of weeks) {
      const told = visits.flatMap(({ at, description }) =>
        textsOf(description)
          .filter((text) => text.includes("no longer"))
          .map((text) => ({ text, hour: (at.getTime() - Date.parse("2026-06-01T00:00:00Z")) / 3_600_000 })),
      );
      const said = told.map(({ text, hour }) => `${hour.toFixed(1)} ${text}`).join("; ");
      assert.equal(told.length, 2, `seed ${seed}: ${said}`);
      assert.ok((told[0]?.hour ?? 0) >= wednesdayTen && (told[0]?.hour ?? 0) < wednesdayTen + 5, said);
      assert.ok((told[1]?.hour ?? 0) >= saturdayNine && (told[1]?.hour ?? 0) < saturdayNine + 5, said);
      assert.match(told[1]?.text ?? "", /truck|car/);
    }
  });

  it("tells of what it hardly sees a few times in the week at most", () => {
    for (const { seed, visits } of weeks) {
      const told = visits.filter(({ description }) =>
        textsOf(description).some((text) => /possibly a car/i.test(text) && / (?:was|were) seen/.test(text)),
      );
      assert.ok(told.length <= 3, `seed ${seed}: ${told.length}`);
    }
  });

  it("reports people every time, first and in the title", () => {
    for (const { visits } of weeks) {
      for (const { people, description } of visits) {
        if (people > 0) assert.match(description.title, /^(?:A person|Two people|Possibly|Three people)/);
        else assert.doesNotMatch(description.title, /person|people/i);
        if (people > 0) assert.ok((description.counts.person ?? 0) >= 1);
      }
    }
  });

  it("keeps a bounded memory, in which nobody is", () => {
    for (const { memory, mostObjects } of weeks) {
      assert.ok(mostObjects <= standingMax + departedMax);
      assert.ok(memory.objects.length < 30, String(memory.objects.length));
      for (const { label, evidence } of memory.objects) {
        assert.notEqual(label, "person");
        assert.ok(evidence.length > 0 && evidence.length <= evidenceMax);
      }
    }
  });

  it("says since when the van is there, in its colour by day and without one at night", () => {
    const still = weeks.flatMap(({ visits }) =>
      visits.flatMap(({ isNight, description }) =>
        textsOf(description)
          .filter((text) => /truck that (?:arrived|was first seen) at \d\d:\d\d is still/.test(text))
          .map((text) => ({ isNight, text })),
      ),
    );
    assert.ok(still.some(({ isNight, text }) => !isNight && text.startsWith("The white truck that ")));
    assert.ok(still.some(({ isNight }) => isNight));
    for (const { isNight, text } of still) if (isNight) assert.doesNotMatch(text, /white|blue|grey/);
  });
});
