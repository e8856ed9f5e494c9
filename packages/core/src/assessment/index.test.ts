import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { isLifeSafety, Mode, types } from "../event/wire.ts";
import * as Level from "../level.ts";
import * as Zone from "../zone.ts";
import { assess, assessSession, type Observation, scoreOf } from "./index.ts";
import { weights } from "./weights.ts";
import { Assessment } from "./wire.ts";

const zones = [
  "front_door",
  "Back Garden",
  "driveway",
  "living_room",
  "hallway",
  "kitchen",
  "street",
  "xyzzy",
  null,
];
const start = Date.UTC(2026, 1, 3, 20);

const attributes = fc.record(
  {
    pet: fc.oneof(fc.boolean(), fc.double({ min: -1, max: 2 })),
    known: fc.boolean(),
    method: fc.constantFrom("key", "code", "crowbar"),
    state: fc.constantFrom("open", "closed", 7),
    dwellSeconds: fc.oneof(fc.nat({ max: 600 }), fc.constant("long")),
    sound: fc.constantFrom("scream", "bark"),
    celsius: fc.oneof(fc.integer({ min: -40, max: 900 }), fc.constant(Number.NaN)),
  },
  { requiredKeys: [] },
);

const observation: fc.Arbitrary<Omit<Observation, "eventId">> = fc.record({
  deviceId: fc.constantFrom("a", "b", "c"),
  type: fc.constantFrom(...types),
  occurredAt: fc.nat({ max: 6 * 3600 }).map((seconds) => new Date(start + seconds * 1000)),
  zone: fc.constantFrom(...zones),
  confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  mode: fc.option(fc.constantFrom(...Mode.options)),
  attributes,
});

/** One to twelve events within some minutes of each other. */
const session: fc.Arbitrary<Observation[]> = fc
  .array(fc.tuple(observation, fc.nat({ max: 240 })), { minLength: 1, maxLength: 12 })
  .map((events) => {
    const first = events[0]?.[0].occurredAt.getTime() ?? start;
    return events.map(([event, seconds], index) => ({
      ...event,
      eventId: `event-${index}`,
      occurredAt: new Date(first + seconds * 1000),
    }));
  });

const circumstances = fc.record({
  timeZone: fc.constantFrom("Europe/London", "America/New_York", "Asia/Kathmandu", "UTC"),
  history: fc.record({ zoneEventsPerDay: fc.option(fc.double({ min: 0, max: 1000, noNaN: true })) }),
  dismissals: fc.array(
    fc.record({
      type: fc.constantFrom(...types),
      zone: fc.constantFrom(...zones),
      count: fc.nat({ max: 100 }),
    }),
    { maxLength: 5 },
  ),
});

function single(
  type: Observation["type"],
  zone: string | null,
  more: Partial<Observation> = {},
): Observation {
  return {
    eventId: "event-0",
    deviceId: "a",
    type,
    zone,
    occurredAt: new Date(start),
    confidence: null,
    mode: null,
    attributes: {},
    ...more,
  };
}

/** A person at the back door at an hour of a winter's day, by itself. */
function personScore(mode: Observation["mode"], hour: number): number {
  const occurredAt = new Date(Date.UTC(2026, 1, 3, hour));
  return assess(single("person", "back_door", { mode, occurredAt }), { ...ordinary, recent: [] }).score;
}

function alone(type: Observation["type"]): Assessment {
  return assess(single(type, null), { ...ordinary, recent: [] });
}

const ordinary = { timeZone: "UTC", history: { zoneEventsPerDay: null }, dismissals: [] };

describe("assessSession", () => {
  it("judges the end of an entry as the event was judged that ended it, though the session begins between the two", () => {
    const at = (seconds: number) => ({
      mode: "away" as const,
      occurredAt: new Date(start + seconds * 1000),
      eventId: `event-${seconds}`,
    });
    const before = [single("door", "back_door", at(0))];
    const inside = single("motion", "kitchen", at(45));
    const event = assess(inside, { ...ordinary, recent: before });
    assert.ok(event.reasons.some(({ code }) => code === "chain.entered"));
    assert.equal(assessSession([inside], { ...ordinary, before }).score, event.score);
    const after = single("vehicle", "driveway", at(100));
    const later = assess(after, { ...ordinary, recent: [...before, inside] });
    assert.ok(assessSession([after], { ...ordinary, before: [...before, inside] }).score >= later.score);
    const nobody = { momentIds: ["m"], whole: true, people: null, perhapsPeople: false };
    const seen = { ...nobody, animals: null, vehicles: null };
    assert.deepEqual(
      assessSession([{ ...inside, seen }], { ...ordinary, before }),
      assessSession([{ ...inside, seen }], ordinary),
      "what its picture rules out does not end it",
    );
  });

  it("is never judged less for what happened before it", () => {
    fc.assert(
      fc.property(session, fc.nat({ max: 11 }), circumstances, (events, count, around) => {
        const sorted = events.toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
        const [before, own] = [sorted.slice(0, count), sorted.slice(count)];
        fc.pre(own.length > 0);
        const [without, beside] = [assessSession(own, around), assessSession(own, { ...around, before })];
        assert.ok(beside.score >= without.score, `${without.score} -> ${beside.score}`);
        assert.equal(beside.lifeSafety, without.lifeSafety);
      }),
    );
  });

  it("does not depend on the order of the events", () => {
    fc.assert(
      fc.property(
        session.chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
        ),
        circumstances,
        ([events, shuffled], around) => {
          assert.deepEqual(assessSession(events, around), assessSession(shuffled, around));
        },
      ),
    );
  });

  it("gives reasons that add up to the score, and rest on events that exist", () => {
    fc.assert(
      fc.property(session, circumstances, (events, around) => {
        const assessment = Assessment.parse(assessSession(events, around));
        assert.equal(assessment.score, scoreOf(assessment.reasons));
        assert.equal(assessment.level, Level.ofScore(assessment.score));
        const ids = new Set(events.map((event) => event.eventId));
        for (const reason of assessment.reasons) {
          assert.ok(reason.eventIds.length > 0, reason.code);
          assert.ok(
            reason.eventIds.every((id) => ids.has(id)),
            reason.code,
          );
          assert.equal(new Set(reason.eventIds).size, reason.eventIds.length, reason.code);
        }
      }),
    );
  });

  it("is elevated at least, and says so urgently, as soon as one event is life-safety", () => {
    fc.assert(
      fc.property(session, circumstances, (events, around) => {
        const assessment = assessSession(events, around);
        assert.equal(assessment.lifeSafety, events.some(isLifeSafety));
        if (!assessment.lifeSafety) return;
        assert.ok(Level.atLeast(assessment.level, "elevated"));
        assert.equal(assessment.tone, "urgent");
      }),
    );
  });

  it("refuses a session without events", () => {
    assert.throws(() => assessSession([], ordinary), RangeError);
  });
});

describe("assess", () => {
  it("judges its subject wherever it stands among the recent events", () => {
    fc.assert(
      fc.property(session, circumstances, (events, around) => {
        const [subject, ...recent] = events;
        if (!subject) return;
        const assessment = assess(subject, { ...around, recent });
        assert.equal(assessment.score, scoreOf(assessment.reasons));
        assert.equal(assessment.reasons[0]?.code, `type.${subject.type}`);
        assert.equal(assessment.lifeSafety, isLifeSafety(subject));
        assert.deepEqual(assessment, assess(subject, { ...around, recent: recent.toReversed() }));
      }),
    );
  });

  it("leaves its inputs as they are", () => {
    const subject = Object.freeze(single("person", "front_door"));
    const recent = Object.freeze([Object.freeze(single("doorbell", "front_door", { eventId: "event-1" }))]);
    assess(subject, Object.freeze({ ...ordinary, recent }));
  });

  it("never finds an unrecognised person inside an empty house harmless", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("living_room", "kitchen", "bedroom", "hallway", "stock room"),
        fc.constantFrom("away" as const, "vacation" as const),
        fc.double({ min: 0.25, max: 1, noNaN: true }),
        session,
        circumstances,
        (zone, mode, confidence, others, around) => {
          const subject = single("person", zone, { eventId: "subject", mode, confidence });
          const recent = others.filter(
            (other) =>
              other.attributes.known !== true &&
              other.attributes.method === undefined &&
              other.mode !== "home",
          );
          const { level } = assess(subject, { ...around, recent });
          assert.ok(Level.atLeast(level, "standard"), level);
        },
      ),
    );
  });

  it("never finds residents who move about their home by day critical", () => {
    const inside = fc.record({
      zone: fc.constantFrom("living_room", "kitchen", "bedroom", "hallway"),
      type: fc.constantFrom("motion" as const, "person" as const, "door" as const, "window" as const),
      seconds: fc.nat({ max: 300 }),
    });
    fc.assert(
      fc.property(fc.array(inside, { minLength: 1, maxLength: 12 }), (moves) => {
        const events = moves.map(({ zone, type, seconds }, index) =>
          single(type, zone, {
            eventId: `event-${index}`,
            mode: "home",
            occurredAt: new Date(Date.UTC(2026, 1, 3, 12) + seconds * 1000),
          }),
        );
        assert.notEqual(assessSession(events, ordinary).level, "critical");
      }),
    );
  });

  it("never takes a zone that it cannot read for safer than no zone", () => {
    const unread = fc
      .oneof(
        fc.string({ unit: "grapheme", maxLength: 20 }),
        fc.constantFrom("cam1", "Zone A", "3", "Nordseite", "Mäuseloch", "xyzzy", "IPC-HDW2431", "🏡"),
      )
      .filter((zone) => Zone.read(zone).kind === "unknown");
    fc.assert(
      fc.property(observation, unread, (event, zone) => {
        const subject = { ...event, eventId: "event-0" };
        const { score } = assess({ ...subject, zone }, { ...ordinary, recent: [] });
        assert.ok(score >= assess({ ...subject, zone: null }, { ...ordinary, recent: [] }).score);
      }),
    );
  });

  it("lowers what was dismissed, never below the cap, and never a life-safety event", () => {
    fc.assert(
      fc.property(observation, fc.nat({ max: 1000 }), (event, count) => {
        const subject = { ...event, eventId: "event-0" };
        const dismissals = [{ type: subject.type, zone: subject.zone, count }];
        const before = assess(subject, { ...ordinary, recent: [] });
        const after = assess(subject, { ...ordinary, dismissals, recent: [] });
        if (isLifeSafety(subject)) return assert.deepEqual(after, before);
        assert.ok(after.score <= before.score);
        assert.ok(after.score >= before.score + weights.personal.most - 1e-9);
        return undefined;
      }),
    );
  });

  it("weighs a person more at night, while away and on holiday than at home by day", () => {
    const rising = (["home", null, "away", "vacation"] as const).map((mode) => personScore(mode, 12));
    assert.deepEqual(
      rising,
      rising.toSorted((a, b) => a - b),
    );
    assert.equal(new Set(rising).size, rising.length);
    for (const mode of ["home", "away", "night", "vacation", null] as const) {
      assert.ok(personScore(mode, 0) > personScore(mode, 12), String(mode));
    }
  });

  it("tells what to do, in the words of the danger", () => {
    assert.match(alone("smoke").recommendation, /fire service/);
    assert.match(alone("carbon_monoxide").recommendation, /fresh air/);
    assert.match(alone("gas").recommendation, /switches/);
    assert.equal(alone("motion").recommendation, "Nothing needs doing.");
    assert.equal(alone("motion").tone, "calm");
  });

  it("says what happened, where, when, and what it looks like", () => {
    const at = [0, 10, 20].map((seconds) => new Date(Date.UTC(2026, 6, 3, 1, 0, seconds)));
    const { summary } = assessSession(
      [
        single("motion", "backyard", { eventId: "event-1", mode: "away", occurredAt: at[0] ?? new Date(0) }),
        single("window", "kitchen", { eventId: "event-2", mode: "away", occurredAt: at[1] ?? new Date(0) }),
        single("motion", "kitchen", { eventId: "event-3", mode: "away", occurredAt: at[2] ?? new Date(0) }),
      ],
      { ...ordinary, timeZone: "Europe/London" },
    );
    assert.equal(
      summary,
      "A window opened in the kitchen at 02:00 while nobody was home. It looks as if someone has got in.",
    );
  });
});
