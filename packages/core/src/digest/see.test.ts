import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as Assessment from "../assessment/index.ts";
import type { EventType, Mode } from "../event/wire.ts";
import { seenIn } from "./see.ts";
import type { Flaw, Outcome } from "./wire.ts";

type Told = {
  type: EventType;
  zone: string;
  mode: Mode;
  hour: number;
  sees: string;
  outcome?: Outcome;
  confidence?: number;
  flaws?: Flaw[];
};

/** The explainer's assessment of one event, before its picture was looked at and afterwards. */
function verdict({
  type,
  zone,
  mode,
  hour,
  sees,
  outcome = "reviewed",
  confidence = null,
  flaws = [],
}: Omit<Told, "confidence"> & { confidence?: number | null }) {
  const occurredAt = new Date(Date.UTC(2026, 1, 3, hour));
  const event = { eventId: "e1", deviceId: "d1", type, occurredAt, zone, confidence, mode, attributes: {} };
  const around = { timeZone: "UTC", history: { zoneEventsPerDay: null }, dismissals: [] };
  const detections = sees.split(", ").flatMap((text) => {
    const [label = "", sureness = "0.9"] = text.split(" ");
    const box: [number, number, number, number] = [0.1, 0.1, 0.3, 0.5];
    return label === "" ? [] : [{ label, confidence: Number(sureness), box }];
  });
  const finding = { id: "m1", outcome, detections, flaws };
  const moment = {
    id: "m1",
    eventId: "e1",
    capturedAt: occurredAt,
    zone,
    deviceId: "d1",
    eventType: type,
    confidence,
    finding,
  };
  const { ofEvent } = seenIn([moment], []);
  const before = Assessment.assessSession([event], around);
  const after = Assessment.assessSession([{ ...event, seen: ofEvent.get("e1") ?? null }], around);
  return { ...after, before: before.level, advice: before.recommendation };
}

const cases: readonly (Told & { name: string; before: string; after: string; code?: string })[] = [
  {
    name: "a person confirmed at night raises a motion alert",
    type: "motion",
    zone: "backyard",
    mode: "night",
    hour: 2,
    sees: "person",
    before: "low",
    after: "standard",
    code: "person-seen",
  },
  {
    name: "a person at the back door while away raises it to elevated",
    type: "motion",
    zone: "back_door",
    mode: "away",
    hour: 12,
    sees: "person",
    before: "standard",
    after: "elevated",
    code: "person-seen",
  },
  {
    name: "a person inside an empty house raises it to elevated",
    type: "motion",
    zone: "living_room",
    mode: "away",
    hour: 12,
    sees: "person",
    before: "standard",
    after: "elevated",
    code: "person-seen",
  },
  {
    name: "a person at a window that opened while away makes it critical",
    type: "window",
    zone: "kitchen window",
    mode: "away",
    hour: 12,
    sees: "person",
    before: "elevated",
    after: "critical",
    code: "person-seen",
  },
  {
    name: "a resident inside at night raises no level",
    type: "motion",
    zone: "hallway",
    mode: "night",
    hour: 3,
    sees: "person",
    before: "low",
    after: "low",
    code: "person-seen",
  },
  {
    name: "a passer-by in the street raises no level",
    type: "motion",
    zone: "street",
    mode: "away",
    hour: 23,
    sees: "person",
    before: "low",
    after: "low",
    code: "person-seen",
  },
  {
    name: "an unsure person raises nothing",
    type: "motion",
    zone: "back_door",
    mode: "away",
    hour: 12,
    sees: "person 0.45",
    before: "standard",
    after: "standard",
  },
  {
    name: "an empty picture lowers a motion alert",
    type: "motion",
    zone: "living_room",
    mode: "away",
    hour: 12,
    sees: "couch",
    before: "standard",
    after: "low",
    code: "nothing-seen",
  },
  {
    name: "a pet alone lowers a motion alert",
    type: "motion",
    zone: "living_room",
    mode: "away",
    hour: 12,
    sees: "dog, couch",
    before: "standard",
    after: "low",
    code: "pet",
  },
  {
    name: "a bear does not",
    type: "motion",
    zone: "back_door",
    mode: "away",
    hour: 12,
    sees: "bear",
    before: "standard",
    after: "standard",
  },
  {
    name: "furniture raises nothing beside a car",
    type: "motion",
    zone: "back_door",
    mode: "away",
    hour: 12,
    sees: "car, chair",
    before: "standard",
    after: "standard",
  },
  {
    name: "a possible person keeps an alert up",
    type: "motion",
    zone: "living_room",
    mode: "away",
    hour: 12,
    sees: "person 0.3",
    before: "standard",
    after: "standard",
  },
  {
    name: "a picture that nobody looked at lowers nothing",
    type: "motion",
    zone: "living_room",
    mode: "away",
    hour: 12,
    sees: "",
    outcome: "deferred",
    before: "standard",
    after: "standard",
  },
  {
    name: "a picture in which nobody can be made out lowers nothing",
    type: "motion",
    zone: "living_room",
    mode: "away",
    hour: 2,
    sees: "",
    flaws: ["dark"],
    before: "standard",
    after: "standard",
  },
  {
    name: "a picture of one colour lowers nothing",
    type: "motion",
    zone: "living_room",
    mode: "away",
    hour: 12,
    sees: "",
    flaws: ["blank"],
    before: "standard",
    after: "standard",
  },
  {
    name: "a damaged picture without anybody lowers nothing",
    type: "motion",
    zone: "living_room",
    mode: "away",
    hour: 12,
    sees: "couch",
    flaws: ["damaged"],
    before: "standard",
    after: "standard",
  },
  {
    name: "a person in a damaged picture counts",
    type: "motion",
    zone: "back_door",
    mode: "away",
    hour: 12,
    sees: "person",
    flaws: ["damaged"],
    before: "standard",
    after: "elevated",
    code: "person-seen",
  },
  {
    name: "a person in a dark picture counts",
    type: "motion",
    zone: "back_door",
    mode: "away",
    hour: 12,
    sees: "person",
    flaws: ["dark"],
    before: "standard",
    after: "elevated",
    code: "person-seen",
  },
  {
    name: "an empty picture does not undo a person whom the camera is sure of",
    type: "person",
    zone: "garden",
    mode: "away",
    hour: 11,
    sees: "",
    confidence: 0.9,
    before: "standard",
    after: "standard",
  },
  {
    name: "a pet does not undo a person whom the camera is sure of",
    type: "person",
    zone: "garden",
    mode: "away",
    hour: 11,
    sees: "dog",
    confidence: 0.7,
    before: "standard",
    after: "standard",
  },
  {
    name: "an empty picture lowers a person whom the camera only suspects",
    type: "person",
    zone: "garden",
    mode: "away",
    hour: 11,
    sees: "",
    confidence: 0.3,
    before: "standard",
    after: "low",
    code: "nothing-seen",
  },
  {
    name: "an empty picture does not undo a vehicle that the camera recognised",
    type: "vehicle",
    zone: "driveway",
    mode: "away",
    hour: 12,
    sees: "",
    confidence: 0.8,
    before: "low",
    after: "low",
  },
  {
    name: "an empty picture does not undo a window that opened",
    type: "window",
    zone: "bedroom",
    mode: "away",
    hour: 12,
    sees: "",
    before: "elevated",
    after: "elevated",
  },
  {
    name: "an empty picture never lowers smoke",
    type: "smoke",
    zone: "kitchen",
    mode: "home",
    hour: 12,
    sees: "",
    before: "critical",
    after: "critical",
  },
  {
    name: "an empty picture lowers nothing in an emergency",
    type: "motion",
    zone: "kitchen",
    mode: "emergency",
    hour: 12,
    sees: "",
    before: "critical",
    after: "critical",
  },
  {
    name: "a pet never lowers breaking glass",
    type: "glass_break",
    zone: "kitchen",
    mode: "home",
    hour: 12,
    sees: "cat",
    before: "elevated",
    after: "elevated",
  },
];

describe("what pictures show changes the level", () => {
  for (const { name, before, after, code, ...told } of cases) {
    it(name, () => {
      const result = verdict(told);
      assert.equal(result.before, before);
      assert.equal(result.level, after);
      const added = result.reasons.find((reason) =>
        ["person-seen", "nothing-seen", "pet"].includes(reason.code),
      );
      assert.equal(added?.code, code);
      assert.deepEqual(added?.eventIds ?? ["e1"], ["e1"]);
      if (code !== undefined) assert.deepEqual(added?.momentIds, ["m1"], "it says which picture");
    });
  }

  it("changes its advice with the level, and keeps it for life-safety", () => {
    const away = { zone: "living_room", mode: "away", hour: 12 } as const;
    assert.match(verdict({ ...away, type: "motion", sees: "person" }).recommendation, /they show a person/);
    assert.match(verdict({ ...away, type: "motion", sees: "" }).recommendation, /show nobody/);
    const glass = verdict({ type: "glass_break", zone: "kitchen", mode: "home", hour: 12, sees: "person" });
    assert.equal(glass.recommendation, glass.advice);
  });
});
