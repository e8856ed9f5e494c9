/** The signals of one judgement, and quick answers to "what else was there around that time?". */
import type { Dismissal } from "./observation.ts";
import type { Signal } from "./signal.ts";
import type { Weights } from "./weights.ts";

export type Situation = {
  /** By time, then id. */
  signals: readonly Signal[];
  /** Whether the end is known: in a whole session silence is silence, beside a live event it may still be broken. */
  ended: boolean;
  timeZone: string;
  weights: Weights;
  zoneEventsPerDay: number | null;
  dismissals: readonly Dismissal[];
  index: Index;
};

/** The same signals by what the rules look for, each list in the order of time. */
export type Index = {
  byPlace: ReadonlyMap<string, readonly Signal[]>;
  personsByPlace: ReadonlyMap<string, readonly Signal[]>;
  animalsByPlace: ReadonlyMap<string, readonly Signal[]>;
  /** Motion of which the device is unsure. */
  unsureByPlace: ReadonlyMap<string, readonly Signal[]>;
  /** By device and type: `sourceOf`. */
  bySource: ReadonlyMap<string, readonly Signal[]>;
  /** Movement, openings and life-safety: what tells that somebody is about. */
  noticed: readonly Signal[];
  noticedByDevice: ReadonlyMap<string, readonly Signal[]>;
  /** What pictures show somebody at. */
  peopled: readonly Signal[];
};

export function indexOf(signals: readonly Signal[], unsureMost: number): Index {
  const noticed: Signal[] = [];
  const byPlace: Groups = new Map();
  const personsByPlace: Groups = new Map();
  const animalsByPlace: Groups = new Map();
  const unsureByPlace: Groups = new Map();
  const bySource: Groups = new Map();
  const noticedByDevice: Groups = new Map();
  for (const signal of signals) {
    const { type, deviceId, confidence } = signal;
    const place = signal.place.name;
    append(byPlace, place, signal);
    append(bySource, sourceOf(signal), signal);
    if (type === "person" || signal.peopled) append(personsByPlace, place, signal);
    if (type === "animal") append(animalsByPlace, place, signal);
    if (type === "motion" && confidence !== null && confidence <= unsureMost) {
      append(unsureByPlace, place, signal);
    }
    if (signal.isMovement || signal.isOpening || signal.lifeSafety) {
      noticed.push(signal);
      append(noticedByDevice, deviceId, signal);
    }
  }
  return {
    byPlace,
    personsByPlace,
    animalsByPlace,
    unsureByPlace,
    bySource,
    noticed,
    noticedByDevice,
    peopled: signals.filter((signal) => signal.peopled),
  };
}

type Groups = Map<string, Signal[]>;

function append(groups: Groups, key: string, signal: Signal): void {
  const group = groups.get(key);
  if (group) group.push(signal);
  else groups.set(key, [signal]);
}

export function sourceOf(signal: Signal): string {
  return `${signal.type} ${signal.deviceId}`;
}

/** Those of a list, sorted by time, from `seconds` before to `seconds` after an instant, both included. */
export function near(list: readonly Signal[] | undefined, at: number, seconds: number): readonly Signal[] {
  if (!list) return [];
  return list.slice(firstFrom(list, at - seconds * 1000), firstFrom(list, at + seconds * 1000 + 1));
}

/** How many `near` would give. */
export function countNear(list: readonly Signal[] | undefined, at: number, seconds: number): number {
  if (!list) return 0;
  return firstFrom(list, at + seconds * 1000 + 1) - firstFrom(list, at - seconds * 1000);
}

/** The position in a list, sorted by time, of the first signal at or after an instant. */
export function firstFrom(list: readonly Signal[], at: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const signal = list[middle];
    if (signal !== undefined && signal.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
