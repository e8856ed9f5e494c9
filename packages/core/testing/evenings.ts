/**
 * A grammar of evenings, and changes to one that any person would agree about: night instead of day, nobody at home, a
 * stranger instead of a friend, a longer stay, one more door tried. What the explainer says of the changed evening must
 * not be less. Reproducible: the same seed gives the same evenings.
 */
import { assessSession, type Observation } from "../src/assessment/index.ts";
import type { EventType, Mode } from "../src/event/wire.ts";

/** Mulberry32: 32 bits of state, good enough to draw evenings (https://gist.github.com/tommyettinger/46a3c2e4). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;
type Step = {
  type: EventType;
  zone: string;
  /** Since the evening began. */
  seconds: number;
  confidence: number | null;
  attributes: Record<string, unknown>;
};
export type Evening = { mode: Mode; hour: number; steps: readonly Step[] };

const outside = ["driveway", "backyard", "side_yard", "front_yard", "North fence"] as const;
const doors = ["front_door", "back_door", "side_door", "Kitchen door", "garage_door"] as const;
const windows = ["Kitchen window", "bedroom window", "basement window"] as const;
const rooms = ["kitchen", "hallway", "living_room", "bedroom"] as const;

function pick<T>(random: Random, list: readonly T[]): T {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new RangeError("expected a list that is not empty");
  return chosen;
}

function between(random: Random, low: number, high: number): number {
  return Math.round(low + random() * (high - low));
}

function confidenceFrom(random: Random): number | null {
  return random() < 0.3 ? null : between(random, 30, 100) / 100;
}

/** What may happen one after another: each phrase is a step or some. */
const phrases: readonly ((random: Random) => Omit<Step, "seconds">[])[] = [
  (random) => [someone(random, pick(random, outside))],
  (random) => [someone(random, pick(random, doors))],
  (random) => [someone(random, "street")],
  (random) => [someone(random, pick(random, rooms))],
  (random) => [plain(random, "motion", pick(random, [...outside, ...rooms, "street"]))],
  (random) => [plain(random, "vehicle", pick(random, ["driveway", "street", "Neighbour's driveway"]))],
  (random) => [plain(random, "animal", pick(random, outside))],
  (random) => [opened(random)],
  (random) => [opened(random), plain(random, "motion", pick(random, rooms))],
  (random) => [
    someone(random, pick(random, outside)),
    opened(random),
    plain(random, "motion", pick(random, rooms)),
  ],
  () => [{ type: "doorbell", zone: "front_door", confidence: null, attributes: {} }],
  (random) => [plain(random, "glass_break", pick(random, rooms))],
];

function someone(random: Random, zone: string): Omit<Step, "seconds"> {
  const dwell = random() < 0.3 ? { dwellSeconds: between(random, 5, 400) } : {};
  const known = random() < 0.15 ? { known: random() < 0.5 } : {};
  return { type: "person", zone, confidence: confidenceFrom(random), attributes: { ...dwell, ...known } };
}

function plain(random: Random, type: EventType, zone: string): Omit<Step, "seconds"> {
  return { type, zone, confidence: confidenceFrom(random), attributes: {} };
}

function opened(random: Random): Omit<Step, "seconds"> {
  const door = random() < 0.6;
  const key = door && random() < 0.2 ? { method: "key" } : {};
  return {
    type: door ? "door" : "window",
    zone: pick(random, door ? doors : windows),
    confidence: null,
    attributes: key,
  };
}

function eveningFrom(random: Random): Evening {
  const steps: Step[] = [];
  let seconds = 0;
  for (let count = between(random, 1, 4); count > 0; count -= 1) {
    for (const step of pick(random, phrases)(random)) {
      steps.push({ ...step, seconds });
      seconds += between(random, 2, 45);
    }
  }
  const mode = pick(random, ["home", "away", "night", "vacation"] as const);
  return { mode, hour: between(random, 0, 23), steps };
}

/** A change, and the evenings to which it may be made. The second evening must not be judged less than the first. */
export type Change = {
  name: string;
  pair: (evening: Evening, random: Random) => { less: Evening; more: Evening } | undefined;
};

function changed(
  evening: Evening,
  applies: (step: Step) => boolean,
  change: (step: Step) => Step,
  random: Random,
): Evening | undefined {
  const places = evening.steps.flatMap((step, index) => (applies(step) ? [index] : []));
  if (places.length === 0) return undefined;
  const at = pick(random, places);
  return { ...evening, steps: evening.steps.map((step, index) => (index === at ? change(step) : step)) };
}

function withAttribute(name: string, value: unknown): (step: Step) => Step {
  return (step) => ({ ...step, attributes: { ...step.attributes, [name]: value } });
}

function without(name: string): (step: Step) => Step {
  return (step) => ({
    ...step,
    attributes: Object.fromEntries(Object.entries(step.attributes).filter(([key]) => key !== name)),
  });
}

const isPerson = ({ type }: Step) => type === "person";
const isUnknown = (step: Step) => isPerson(step) && step.attributes.known !== true;
/** Residents may be seen coming home: what they open and where they stay is theirs. */
const comesHome = ({ steps }: Evening) =>
  steps.some(({ attributes }) => attributes.known === true || attributes.method !== undefined);

export const changes: readonly Change[] = [
  {
    name: "by night instead of by day",
    pair: (evening, random) => ({
      less: { ...evening, hour: between(random, 7, 20) },
      more: { ...evening, hour: pick(random, [22, 23, 0, 1, 2, 3, 4]) },
    }),
  },
  {
    name: "away instead of at home",
    pair: (evening) => ({ less: { ...evening, mode: "home" }, more: { ...evening, mode: "away" } }),
  },
  {
    name: "asleep instead of up",
    pair: (evening) => ({ less: { ...evening, mode: "home" }, more: { ...evening, mode: "night" } }),
  },
  {
    name: "away for longer",
    pair: (evening) => ({ less: { ...evening, mode: "away" }, more: { ...evening, mode: "vacation" } }),
  },
  {
    name: "somebody unknown instead of somebody known",
    pair: (evening, random) => {
      const less = changed(evening, isPerson, withAttribute("known", true), random);
      if (!less) return undefined;
      const at = less.steps.findIndex((step, index) => step !== evening.steps[index]);
      const more = { ...evening, steps: evening.steps.map((s, i) => (i === at ? without("known")(s) : s)) };
      return { less, more };
    },
  },
  {
    name: "a stranger instead of somebody of whom nothing is known",
    pair: (evening, random) => {
      const plainly = changed(evening, isUnknown, without("known"), random);
      const more = plainly && changedSame(evening, plainly, withAttribute("known", false));
      return plainly && more && { less: plainly, more };
    },
  },
  {
    name: "a longer stay",
    pair: (evening, random) => {
      const less = changed(
        evening,
        isUnknown,
        withAttribute("dwellSeconds", between(random, 1, 200)),
        random,
      );
      const longer = between(random, 200, 900);
      const more = less && changedSame(evening, less, withAttribute("dwellSeconds", longer));
      return less && more && { less, more };
    },
  },
  {
    name: "one more door or window tried",
    pair: (evening, random) => {
      const free = [...doors, ...windows].filter((zone) => !evening.steps.some((step) => step.zone === zone));
      if (comesHome(evening) || free.length === 0) return undefined;
      const zone = pick(random, free);
      const type = windows.some((one) => one === zone) ? "window" : "door";
      const seconds = between(random, 0, evening.steps.at(-1)?.seconds ?? 0);
      const tried: Step = { type, zone, seconds, confidence: null, attributes: {} };
      return { less: evening, more: { ...evening, steps: [...evening.steps, tried] } };
    },
  },
  {
    name: "surer of somebody",
    pair: (evening, random) => {
      const less = changed(evening, isUnknown, (step) => ({ ...step, confidence: 0.5 }), random);
      const more = less && changedSame(evening, less, (step) => ({ ...step, confidence: 0.95 }));
      return less && more && { less, more };
    },
  },
  {
    name: "an entry while away instead of passers-by",
    pair: (evening, random) => {
      const passers = evening.steps.map((step) => ({
        ...step,
        type: "person" as const,
        zone: "street",
        attributes: {},
      }));
      const entry: Step[] = [
        { ...opened(random), attributes: {}, seconds: 0 },
        {
          ...plain(random, "motion", pick(random, rooms)),
          confidence: null,
          seconds: between(random, 2, 30),
        },
      ];
      return {
        less: { ...evening, mode: "away", steps: passers },
        more: { ...evening, mode: "away", steps: entry },
      };
    },
  },
  {
    name: "inside an empty house instead of outside it",
    pair: (evening, random) => {
      const step: Step = {
        ...someone(random, pick(random, [...outside, ...doors])),
        attributes: {},
        seconds: 0,
      };
      const inside = { ...step, zone: pick(random, rooms) };
      return {
        less: { ...evening, mode: "away", steps: [step] },
        more: { ...evening, mode: "away", steps: [inside] },
      };
    },
  },
];

/** The same change to the step in which two evenings differ, or would: the one that `changed` chose. */
function changedSame(before: Evening, after: Evening, change: (step: Step) => Step): Evening | undefined {
  const at = after.steps.findIndex((step, index) => step !== before.steps[index]);
  return { ...after, steps: after.steps.map((step, index) => (index === at ? change(step) : step)) };
}

/** The level and the score of an evening, London time in winter. */
function judge({ mode, hour, steps }: Evening): { score: number; level: string } {
  const begin = Date.UTC(2026, 1, 3, hour, 10);
  const observations = steps.map(
    (step, index): Observation => ({
      eventId: `event-${String(index).padStart(2, "0")}`,
      deviceId: `${step.type}-${step.zone}`,
      type: step.type,
      occurredAt: new Date(begin + step.seconds * 1000),
      zone: step.zone,
      confidence: step.confidence,
      mode,
      attributes: step.attributes,
    }),
  );
  const around = { timeZone: "Europe/London", history: { zoneEventsPerDay: null }, dismissals: [] };
  return assessSession(observations, around);
}

/** Every weight is rounded to a thousandth by itself. */
const roundedBy = 0.003;

export type Violation = { change: string; less: Evening; more: Evening; scores: [number, number] };

/** Plays `pairs` pairs of evenings. @returns those in which the worse evening is judged less, and how many were played */
export function findViolations(seed: number, pairs: number): { played: number; violations: Violation[] } {
  const random = randomFrom(seed);
  const violations: Violation[] = [];
  let played = 0;
  while (played < pairs) {
    const evening = eveningFrom(random);
    for (const { name, pair } of changes) {
      const both = pair(evening, random);
      if (!both) continue;
      played += 1;
      const [less, more] = [judge(both.less), judge(both.more)];
      if (more.score >= less.score - roundedBy) continue;
      violations.push({ change: name, ...both, scores: [less.score, more.score] });
    }
  }
  return { played, violations };
}
