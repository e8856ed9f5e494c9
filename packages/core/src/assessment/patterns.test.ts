import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assess, assessSession } from "./index.ts";
import { judgeScenario, readScenarios } from "./read-scenario.ts";

/** The codes of the reasons of one scenario. */
function codesOf(mode: string, events: string, flags = ""): string[] {
  const [scenario] = readScenarios(`low ${mode} x${flags}\n ${events}`);
  if (!scenario) throw new Error("expected one scenario in the table");
  return judgeScenario(scenario).reasons.map((reason) => reason.code);
}

/** Where each pattern begins and ends: just inside, and one step outside. */
const edges: readonly [code: string, mode: string, inside: string, outside: string][] = [
  [
    "chain.intrusion",
    "away",
    "14:00:00 motion backyard; 14:00:30 window kitchen; 14:01:00 motion kitchen",
    "14:00:00 motion backyard; 14:00:31 window kitchen; 14:01:01 motion kitchen",
  ],
  [
    "chain.intrusion",
    "away",
    "14:00:00 motion backyard; 14:00:10 window kitchen; 14:00:40 motion kitchen",
    "14:00:00 motion backyard; 14:00:10 window kitchen; 14:00:41 motion kitchen",
  ],
  [
    "chain.came-in",
    "away",
    "14:00:00 motion backyard; 14:00:30 motion kitchen",
    "14:00:00 motion backyard; 14:00:31 motion kitchen",
  ],
  [
    "chain.forced-entry",
    "away",
    "14:00:00 door back_door; 14:00:07 door back_door; 14:00:15 door back_door",
    "14:00:00 door back_door; 14:00:07 door back_door; 14:00:16 door back_door",
  ],
  [
    "chain.break-in",
    "away",
    "14:00:00 glass_break kitchen; 14:00:20 motion kitchen",
    "14:00:00 glass_break kitchen; 14:00:21 motion kitchen",
  ],
  [
    "chain.prowler",
    "away",
    "14:00:00 motion front_yard; 14:00:30 motion side_yard; 14:01:00 motion backyard",
    "14:00:00 motion front_yard; 14:00:30 motion side_yard; 14:01:01 motion backyard",
  ],
  [
    "chain.prowler",
    "away",
    "14:00:00 motion front_yard 0.4; 14:00:30 motion side_yard; 14:01:00 motion backyard",
    "14:00:00 motion front_yard 0.39; 14:00:30 motion side_yard; 14:01:00 motion backyard",
  ],
  [
    "delivery",
    "away",
    "12:00:00 doorbell front_door; 12:00:02 person front_door",
    "12:00:00 doorbell front_door; 12:00:01 person front_door",
  ],
  [
    "delivery",
    "away",
    "12:00:00 doorbell front_door; 12:00:30 person front_door",
    "12:00:00 doorbell front_door; 12:00:31 person front_door",
  ],
  [
    "delivery",
    "away",
    "12:00:00 doorbell front_door; 12:00:05 person front_door; 12:00:26 animal backyard",
    "12:00:00 doorbell front_door; 12:00:05 person front_door; 12:00:25 animal backyard",
  ],
  [
    "delivery",
    "away",
    "06:00:00 doorbell front_door; 06:00:05 person front_door",
    "05:59:00 doorbell front_door; 05:59:05 person front_door",
  ],
  [
    "coming-home",
    "away",
    "18:00:00 door front_door method=key; 18:02:00 person hallway",
    "18:00:00 door front_door method=key; 18:02:01 person hallway",
  ],
  [
    "chatter",
    "home",
    "14:00:00 tamper x; 14:00:10 tamper x; 14:00:15 tamper x; 14:00:20 tamper x; 14:00:25 tamper x; 14:00:30 tamper x",
    "14:00:00 tamper x; 14:00:15 tamper x; 14:00:20 tamper x; 14:00:25 tamper x; 14:00:30 tamper x",
  ],
  [
    "wind",
    "home",
    "14:00:00 motion lawn 0.6; 14:00:20 motion lawn 0.6; 14:00:40 motion lawn 0.6; 14:01:00 motion lawn 0.6",
    "14:00:00 motion lawn 0.6; 14:00:20 motion lawn 0.6; 14:00:40 motion lawn 0.6; 14:01:00 motion lawn 0.61",
  ],
  [
    "wind",
    "home",
    "14:00:00 motion lawn 0.6; 14:00:20 motion lawn 0.6; 14:00:40 motion lawn 0.6; 14:01:00 motion lawn 0.6",
    "14:00:00 motion lawn 0.6; 14:00:20 motion lawn 0.6; 14:00:40 motion lawn 0.6",
  ],
  [
    "chain.prowler",
    "away",
    "14:00:00 motion front_yard; 14:00:30 motion side_yard; 14:01:00 motion backyard",
    "14:00:00 motion front_yard; 14:00:30 motion side_yard; 14:01:00 motion front_yard",
  ],
  [
    "pet",
    "away",
    "14:00:00 motion kitchen; 14:00:15 animal kitchen",
    "14:00:00 motion kitchen; 14:00:16 animal kitchen",
  ],
  ["lingering", "home", "14:00:00 person porch dwellSeconds=30", "14:00:00 person porch dwellSeconds=29"],
  ["heat", "home", "14:00:00 temperature kitchen celsius=55", "14:00:00 temperature kitchen celsius=54"],
  ["frost", "home", "14:00:00 temperature kitchen celsius=4", "14:00:00 temperature kitchen celsius=5"],
];

describe("patterns", () => {
  for (const [code, mode, inside, outside] of edges) {
    it(`${code} holds for "${inside}" and not for "${outside}"`, () => {
      assert.ok(codesOf(mode, inside).includes(code), codesOf(mode, inside).join());
      assert.ok(!codesOf(mode, outside).includes(code), codesOf(mode, outside).join());
    });
  }

  it("calls a zone busy from 100 events a day and rare up to one", () => {
    const [rare, usual, alsoUsual, busy] = [1, 1.1, 99, 100].map((perDay) =>
      codesOf("home", "14:00:00 motion porch", ` [perDay=${perDay}]`),
    );
    assert.ok(rare?.includes("rare-zone") && !usual?.includes("rare-zone"));
    assert.ok(busy?.includes("busy-zone") && !alsoUsual?.includes("busy-zone"));
  });

  it("colours a live event for a minute after a chain", () => {
    const chain = "14:00:00 motion backyard; 14:00:10 window kitchen; 14:00:20 motion kitchen";
    const codes = (later: string) => codesOf("away", `${chain}; ${later} vehicle driveway`, " [live]");
    assert.ok(codes("14:01:20").includes("chain.intrusion"));
    assert.ok(!codes("14:01:21").includes("chain.intrusion"));
  });

  it("does not call a way in through a window a homecoming, whoever is recognised", () => {
    const events = "14:00:00 motion backyard; 14:00:10 window kitchen; 14:00:20 motion kitchen";
    assert.ok(codesOf("away", `${events}; 14:00:30 person hallway known=true`).includes("chain.intrusion"));
  });

  it("does not take a delivery for one while something threatens", () => {
    const caller = "12:00:00 doorbell front_door; 12:00:05 person front_door dwellSeconds=60";
    const prowler = "12:01:00 motion backyard; 12:01:20 motion side_yard; 12:01:40 motion side_door";
    assert.ok(codesOf("vacation", caller).includes("delivery"));
    assert.ok(!codesOf("vacation", `${caller}; ${prowler}`).includes("delivery"));
  });

  it("takes a change to home for a homecoming only where nothing says away again", () => {
    const door = "18:00:00 door front_door mode=away; 18:00:20 motion hallway mode=home";
    assert.ok(codesOf("-", door).includes("coming-home"));
    assert.ok(!codesOf("-", `${door}; 18:00:40 motion kitchen mode=away`).includes("coming-home"));
  });

  it("counts a recognised person neither as a burglar nor as a prowler", () => {
    const glass = "13:00:00 glass_break kitchen; 13:00:10 person backyard";
    assert.ok(codesOf("home", glass).includes("chain.break-in"));
    assert.ok(!codesOf("home", `${glass} known=true`).includes("chain.break-in"));
    const round = "14:00:00 motion front_yard; 14:00:20 motion side_yard; 14:00:40 motion backyard";
    assert.ok(codesOf("away", round).includes("chain.prowler"));
    assert.ok(!codesOf("away", `${round}; 14:01:00 person front_door known=true`).includes("chain.prowler"));
  });

  it("names the events of a chain in its reason", () => {
    const [scenario] = readScenarios(
      "low away x\n 14:00:00 motion backyard; 14:00:10 window kitchen; 14:00:20 motion kitchen; 14:03:00 vehicle street",
    );
    if (!scenario) throw new Error("expected one scenario in the table");
    const circumstances = { timeZone: "UTC", history: { zoneEventsPerDay: null }, dismissals: [] };
    const session = assessSession(scenario.observations, circumstances);
    const intrusion = session.reasons.find((reason) => reason.code === "chain.intrusion");
    assert.deepEqual(intrusion?.eventIds, ["event-00", "event-01", "event-02"]);
    const [subject] = scenario.observations.toReversed();
    if (!subject) throw new Error("expected events in the scenario");
    const live = assess(subject, { ...circumstances, recent: scenario.observations.slice(0, -1) });
    assert.equal(live.level, "low");
  });
});
