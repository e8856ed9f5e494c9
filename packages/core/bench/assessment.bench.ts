/**
 * How fast the explainer judges: 1,000,000 assessments of single events with 0, 5 and 50 events around them, and
 * whole sessions. Prints medians over rounds; the baseline is the event by itself, measured in the same run.
 *
 * @example node packages/core/bench/assessment.bench.ts
 */
import "../../../scripts/help.ts";
import { assess, assessSession, type Circumstances, type Observation } from "../src/assessment/index.ts";
import { Mode, types } from "../src/event/wire.ts";

const assessmentsTotal = 1_000_000;
const rounds = 5;
/** Distinct inputs per case, so that no branch predictor or cache sees only one event. */
const inputs = 1_000;

const zones = [
  "front_door",
  "Back Garden",
  "driveway",
  "living_room",
  "hallway",
  "street",
  "garage cam 2",
  null,
];
const circumstances = { timeZone: "Europe/London", history: { zoneEventsPerDay: 12 }, dismissals: [] };

/** A small linear congruential generator (Numerical Recipes), so that every run judges the same events. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function pick<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError("expected at least 1 item to pick from, got 0");
  return item;
}

function randomObservation(random: () => number, index: number): Observation {
  return {
    eventId: `evt_${index}`,
    deviceId: `dev_${Math.floor(random() * 6)}`,
    type: pick(types, random),
    occurredAt: new Date(Date.UTC(2026, 1, 3) + Math.floor(random() * 24 * 3600) * 1000),
    zone: pick(zones, random),
    confidence: random() < 0.3 ? null : random(),
    mode: pick(Mode.options, random),
    attributes: random() < 0.1 ? { pet: 0.8 } : {},
  };
}

/** An event and `around` others within two minutes of it. */
function randomSituation(
  random: () => number,
  around: number,
): { subject: Observation; recent: Observation[] } {
  const subject = randomObservation(random, 0);
  const recent = Array.from({ length: around }, (_, index) => ({
    ...randomObservation(random, index + 1),
    mode: subject.mode,
    occurredAt: new Date(subject.occurredAt.getTime() + (random() - 0.5) * 240_000),
  }));
  return { subject, recent };
}

export type Row = {
  name: string;
  assessments: number;
  perSecond: number;
  microseconds: number;
  ratio: number;
};

function measure(name: string, perRound: number, judge: (index: number) => void): Omit<Row, "ratio"> {
  for (let index = 0; index < inputs; index++) judge(index);
  const seconds = Array.from({ length: rounds }, () => {
    const start = process.hrtime.bigint();
    for (let index = 0; index < perRound; index++) judge(index % inputs);
    return Number(process.hrtime.bigint() - start) / 1e9;
  }).toSorted((a, b) => a - b);
  const median = seconds[Math.floor(rounds / 2)] ?? Number.NaN;
  return {
    name,
    assessments: perRound * rounds,
    perSecond: perRound / median,
    microseconds: (median / perRound) * 1e6,
  };
}

/** Judges a million single events, and fewer of the larger situations; a rate for each. */
export function run(): Row[] {
  const random = generator(1);
  const rows = [0, 5, 50, 200].map((around) => {
    const situations = Array.from({ length: inputs }, () => randomSituation(random, around)).map(
      ({ subject, recent }): [Observation, Circumstances] => [subject, { ...circumstances, recent }],
    );
    const perRound = assessmentsTotal / rounds / (around === 0 ? 1 : around);
    return measure(`event, ${around} around it`, perRound, (index) => {
      const situation = situations[index];
      if (situation) assess(...situation);
    });
  });
  const sessions = Array.from({ length: inputs }, () => {
    const { subject, recent } = randomSituation(random, 19);
    return [subject, ...recent];
  });
  rows.push(
    measure("session of 20 events", 4_000, (index) => {
      const session = sessions[index];
      if (session) assessSession(session, circumstances);
    }),
  );
  const baseline = rows[0]?.perSecond ?? Number.NaN;
  return rows.map((row) => ({ ...row, ratio: row.perSecond / baseline }));
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ name, assessments, perSecond, microseconds, ratio }) =>
      `${name.padEnd(24)} ${assessments.toLocaleString("en-GB").padStart(12)} ` +
      `${Math.round(perSecond).toLocaleString("en-GB").padStart(12)} ` +
      `${microseconds.toFixed(2).padStart(10)} ${ratio.toFixed(3).padStart(8)}`,
  );
  const head = `${"case".padEnd(24)} ${"assessments".padStart(12)} ${"per second".padStart(12)} ${"µs each".padStart(10)} ${"ratio".padStart(8)}`;
  return [head, ...lines, ""].join("\n");
}

if (import.meta.main) process.stdout.write(table(run()));
