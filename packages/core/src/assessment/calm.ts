/** Patterns that explain events harmlessly: delivery, coming home, sensor chatter, wind in the tree. */

import { isOutside, type Signal } from "./signal.ts";
import { countNear, firstFrom, near, type Situation, sourceOf } from "./situation.ts";
import { thresholds } from "./weights.ts";

export type Calm = {
  code: "delivery" | "coming-home" | "chatter" | "wind";
  text: string;
  /** Negative. */
  weight: number;
  /** Asked for only when this pattern of this signal is told of. */
  eventIds: () => string[];
  /** `evidence` tells who it was; `doubt` only says that the sensor may be wrong. */
  kind: "evidence" | "doubt";
};

/** `told`: how it was noticed. */
type Delivery = { told: "bell" | "parcel"; silent: boolean; members: ReadonlySet<Signal> };

/** What is looked for once in a situation, so that each signal can be asked about quickly. */
export type Survey = {
  deliveries: readonly Delivery[];
  /** By time: recognised residents, and events with which the mode went from away to home. */
  residents: readonly Signal[];
};

export function survey(situation: Situation): Survey {
  if (situation.signals.length < 2) return { deliveries: [], residents: [] };
  return {
    deliveries: situation.signals.flatMap(
      (signal) => deliveryAt(signal, situation) ?? parcelAt(signal, situation) ?? [],
    ),
    residents: situation.signals.filter(
      (signal, index) => signal.recognised || isDisarming(index, situation),
    ),
  };
}

/** The harmless pattern that explains most of a signal. */
export function find(
  signal: Signal,
  situation: Situation,
  { deliveries, residents }: Survey,
): Calm | undefined {
  if (signal.lifeSafety || situation.signals.length < 2) return undefined;
  const found = [
    delivery(signal, situation, deliveries),
    comingHome(signal, situation, residents),
    isChatter(signal, situation) ? chatter(signal, situation) : undefined,
    isWind(signal, situation) ? wind(signal, situation) : undefined,
  ].filter((calm) => calm !== undefined);
  return found.toSorted((a, b) => a.weight - b.weight)[0];
}

function idsOf(signals: Iterable<Signal>): string[] {
  return Array.from(signals, (signal) => signal.eventId);
}

/** Places where a courier passes. */
const front: ReadonlySet<string> = new Set([
  "front_door",
  "porch",
  "driveway",
  "front_yard",
  "street",
  "unknown",
]);
const couriers: ReadonlySet<string> = new Set(["doorbell", "motion", "person", "vehicle", "package"]);

function isCourier(signal: Signal): boolean {
  return !signal.night && couriers.has(signal.type) && front.has(signal.place.name);
}

/**
 * By day: the doorbell, then movement at the front 2 to 30 s later, then 20 s of silence. What came to the door before
 * the bell belongs to it.
 */
function deliveryAt(bell: Signal, situation: Situation): Delivery | undefined {
  if (bell.type !== "doorbell" || !isCourier(bell)) return undefined;
  const members = near(situation.signals, bell.at, thresholds.deliverySecondsMax).filter(isCourier);
  const followed = members.some(
    (other) => other.type !== "doorbell" && other.at - bell.at >= thresholds.deliverySecondsMin * 1000,
  );
  if (!followed) return undefined;
  const end = members.at(-1)?.at ?? bell.at;
  const next = situation.signals[firstFrom(situation.signals, end + 1)];
  if (next && next.at <= end + thresholds.deliverySilenceSeconds * 1000) return undefined;
  return { told: "bell", silent: situation.ended || next !== undefined, members: new Set(members) };
}

/** By day: somebody, 30 s at most before a parcel is seen in the same place, and nobody there for 20 s after it. */
function parcelAt(parcel: Signal, situation: Situation): Delivery | undefined {
  if (parcel.type !== "package" || !isCourier(parcel)) return undefined;
  const around = near(situation.signals, parcel.at, thresholds.deliverySecondsMax).filter(isCourier);
  const members = around.filter(({ at, isMovement }) => at <= parcel.at || !isMovement);
  const isBrought = members.some(({ isMovement, place }) => isMovement && place.name === parcel.place.name);
  if (!isBrought) return undefined;
  const silenceEnds = parcel.at + thresholds.deliverySilenceSeconds * 1000;
  const after = situation.signals.slice(firstFrom(situation.signals, parcel.at + 1));
  if (after.some(({ at, isMovement }) => isMovement && at <= silenceEnds)) return undefined;
  const silent = situation.ended || after.some(({ at }) => at > silenceEnds);
  return { told: "parcel", silent, members: new Set(members) };
}

const deliveryTexts = {
  bell: {
    silent: "The doorbell, someone at the door, then silence: a delivery or a caller.",
    soFar: "The doorbell, then someone at the door: so far it looks like a delivery or a caller.",
  },
  parcel: {
    silent: "Someone at the door, a parcel there, then silence: a delivery.",
    soFar: "Someone at the door, then a parcel there: so far it looks like a delivery.",
  },
} as const;

function delivery(signal: Signal, situation: Situation, deliveries: readonly Delivery[]): Calm | undefined {
  const found = deliveries.find((candidate) => candidate.members.has(signal));
  if (!found) return undefined;
  const { delivery: whole, deliverySoFar } = situation.weights.calm;
  return {
    code: "delivery",
    text: deliveryTexts[found.told][found.silent ? "silent" : "soFar"],
    weight: found.silent ? whole : deliverySoFar,
    eventIds: () => idsOf(found.members),
    kind: "evidence",
  };
}

/** Whether the mode went from away to home here for good: one stray device that says "home" is not enough. */
function isDisarming(position: number, { signals }: Situation): boolean {
  const [before, here] = [signals[position - 1], signals[position]];
  if (here?.mode !== "home" || before?.occupancy !== "empty") return false;
  const end = firstFrom(signals, here.at + thresholds.comingHomeSeconds * 1000 + 1);
  return !signals.slice(position, end).some((later) => later.occupancy === "empty");
}

/** A recognised person, a door opened with a key or a code, or the alarm switched off: a resident has come home. */
function comingHome(signal: Signal, situation: Situation, residents: readonly Signal[]): Calm | undefined {
  const proof = near(residents, signal.at, thresholds.comingHomeSeconds);
  if (proof.length === 0) return undefined;
  return {
    code: "coming-home",
    text: proof.some((resident) => resident.recognised)
      ? "A resident was recognised at the same time."
      : "The mode changed to home: a resident has come in.",
    weight: situation.weights.calm.comingHome,
    eventIds: () => idsOf(new Set([signal, ...proof])),
    kind: "evidence",
  };
}

/** Whether a resident came home around any of these signals, so that a way in need not be an intrusion. */
export function isHomecoming(links: readonly Signal[], { residents }: Survey): boolean {
  return links.some((link) => countNear(residents, link.at, thresholds.comingHomeSeconds) > 0);
}

/** What tells of somebody or something for as long as it is there: to report it again and again is no fault. */
const continuous: ReadonlySet<string> = new Set(["person", "vehicle", "animal", "package", "doorbell"]);

/** Whether one sensor reports again and again within seconds while no other device notices anything. */
export function isChatter(signal: Signal, { index }: Situation): boolean {
  if (continuous.has(signal.type)) return false;
  // A sensor that pictures bear out is not at fault.
  if (countNear(index.peopled, signal.at, thresholds.chatterAloneSeconds) > 0) return false;
  const own = countNear(index.bySource.get(sourceOf(signal)), signal.at, thresholds.chatterSeconds);
  if (own < thresholds.chatterEvents) return false;
  const seconds = thresholds.chatterAloneSeconds;
  const noticed = countNear(index.noticed, signal.at, seconds);
  return noticed === countNear(index.noticedByDevice.get(signal.deviceId), signal.at, seconds);
}

function chatter(signal: Signal, situation: Situation): Calm {
  const own = situation.index.bySource.get(sourceOf(signal));
  const times = countNear(own, signal.at, thresholds.chatterSeconds);
  return {
    code: "chatter",
    text: `The same sensor reported ${times} times within a minute and nothing else noticed anything.`,
    weight: situation.weights.calm.chatter,
    eventIds: () => idsOf(near(own, signal.at, thresholds.chatterSeconds)),
    kind: "doubt",
  };
}

/** Whether it is unsure movement in one place outside, over and over, and nothing else in that place. */
export function isWind(signal: Signal, { index }: Situation): boolean {
  if (signal.type !== "motion" || !isOutside(signal)) return false;
  if (countNear(index.peopled, signal.at, thresholds.windSeconds) > 0) return false;
  const { name } = signal.place;
  const unsure = countNear(index.unsureByPlace.get(name), signal.at, thresholds.windSeconds);
  if (unsure < thresholds.windEvents) return false;
  return unsure === countNear(index.byPlace.get(name), signal.at, thresholds.windSeconds);
}

function wind(signal: Signal, situation: Situation): Calm {
  const unsure = situation.index.unsureByPlace.get(signal.place.name);
  return {
    code: "wind",
    text: "Unsure movement in the same place over and over, as from branches in the wind.",
    weight: situation.weights.calm.wind,
    eventIds: () => idsOf(near(unsure, signal.at, thresholds.windSeconds)),
    kind: "doubt",
  };
}
