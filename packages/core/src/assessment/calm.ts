/** Patterns that explain events harmlessly: delivery, coming home, sensor chatter, wind in the tree. */
import { around, isOutside, type Scene, type Signal } from "./scene.ts";
import { thresholds } from "./weights.ts";

export type Calm = {
  code: "delivery" | "coming-home" | "chatter" | "wind";
  text: string;
  /** Negative. */
  weight: number;
  members: readonly Signal[];
  /** `evidence` tells who it was; `doubt` only says that the sensor may be wrong. */
  kind: "evidence" | "doubt";
};

/** Every harmless pattern that the signal is part of. */
export function find(signal: Signal, scene: Scene): Calm[] {
  if (signal.lifeSafety || scene.signals.length < 2) return [];
  return [delivery, comingHome, chatter, wind].flatMap((finder) => finder(signal, scene) ?? []);
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

/**
 * By day: the doorbell, then movement at the same place 2 to 30 s later, then 20 s of silence. What came to the
 * door before the bell belongs to it.
 */
function delivery(signal: Signal, scene: Scene): Calm | undefined {
  if (signal.night || !couriers.has(signal.type) || !front.has(signal.place.name)) return undefined;
  for (const bell of around(scene, signal, thresholds.deliverySecondsMax)) {
    if (bell.type !== "doorbell" || !front.has(bell.place.name)) continue;
    const near = around(scene, bell, thresholds.deliverySecondsMax + thresholds.deliverySilenceSeconds);
    const members = near.filter(
      (other) =>
        couriers.has(other.type) &&
        front.has(other.place.name) &&
        Math.abs(other.at - bell.at) <= thresholds.deliverySecondsMax * 1000,
    );
    const followed = members.some(
      (other) => other.type !== "doorbell" && other.at - bell.at >= thresholds.deliverySecondsMin * 1000,
    );
    if (!followed || !members.includes(signal)) continue;
    const end = members.at(-1)?.at ?? bell.at;
    const silentUntil = end + thresholds.deliverySilenceSeconds * 1000;
    if (scene.signals.some((other) => other.at > end && other.at <= silentUntil)) continue;
    const silent = scene.ended || (scene.signals.at(-1)?.at ?? end) > silentUntil;
    const { delivery: whole, deliverySoFar } = scene.weights.calm;
    return {
      code: "delivery",
      text: silent
        ? "The doorbell, someone at the door, then silence: a delivery or a caller."
        : "The doorbell, then someone at the door: so far it looks like a delivery or a caller.",
      weight: silent ? whole : deliverySoFar,
      members,
      kind: "evidence",
    };
  }
  return undefined;
}

/** A recognised person, a door opened with a key or a code, or the alarm switched off: a resident has come home. */
function comingHome(signal: Signal, scene: Scene): Calm | undefined {
  const near = around(scene, signal, thresholds.comingHomeSeconds);
  const recognised = near.filter((other) => other.recognised);
  const disarmed = disarming(near);
  if (recognised.length === 0 && !disarmed) return undefined;
  return {
    code: "coming-home",
    text: disarmed
      ? "The mode changed to home: a resident has come in."
      : "A resident was recognised at the same time.",
    weight: scene.weights.calm.comingHome,
    members: [...new Set([signal, ...recognised, ...(disarmed ? [disarmed] : [])])],
    kind: "evidence",
  };
}

/** The event with which the mode went from away to home for good; one stray device that says "home" is not enough. */
function disarming(near: readonly Signal[]): Signal | undefined {
  const lastAway = near.findLastIndex((other) => other.occupancy === "empty");
  const next = near[lastAway + 1];
  return lastAway >= 0 && next?.mode === "home" ? next : undefined;
}

/** One sensor that reports again and again within seconds while no other device notices anything. */
function chatter(signal: Signal, scene: Scene): Calm | undefined {
  const own = around(scene, signal, thresholds.chatterSeconds).filter(
    (other) => other.deviceId === signal.deviceId && other.type === signal.type,
  );
  if (own.length < thresholds.chatterEvents) return undefined;
  if (isSeenElsewhere(signal, scene)) return undefined;
  return {
    code: "chatter",
    text: `The same sensor reported ${own.length} times within a minute and nothing else noticed anything.`,
    weight: scene.weights.calm.chatter,
    members: own,
    kind: "doubt",
  };
}

/** Unsure movement in one place outside, over and over, and nobody in it. */
function wind(signal: Signal, scene: Scene): Calm | undefined {
  if (signal.type !== "motion" || !isOutside(signal)) return undefined;
  const here = around(scene, signal, thresholds.prowlerSeconds).filter(
    (other) => other.place.name === signal.place.name,
  );
  const unsure = here.filter((other) => other.type === "motion" && isUnsure(other));
  if (unsure.length < thresholds.windEvents || unsure.length < here.length) return undefined;
  return {
    code: "wind",
    text: "Unsure movement in the same place over and over, as from branches in the wind.",
    weight: scene.weights.calm.wind,
    members: unsure,
    kind: "doubt",
  };
}

function isUnsure(signal: Signal): boolean {
  return signal.confidence !== null && signal.confidence <= thresholds.windConfidenceMax;
}

function isSeenElsewhere(signal: Signal, scene: Scene): boolean {
  return around(scene, signal, thresholds.prowlerSeconds).some(
    (other) =>
      other.deviceId !== signal.deviceId && (other.isMovement || other.isOpening || other.lifeSafety),
  );
}

/** Whether a resident came home around these signals, so that a way in need not be an intrusion. */
export function isHomecoming(links: readonly Signal[], scene: Scene): boolean {
  return links.some((link) => comingHome(link, scene) !== undefined);
}

/** Whether the wind explains every one of these signals. */
export function isWind(links: readonly Signal[], scene: Scene): boolean {
  return links.every((link) => wind(link, scene) !== undefined);
}

/** Whether these signals are one sensor's chatter. */
export function isChatter(links: readonly Signal[], scene: Scene): boolean {
  const [first] = links;
  if (!first || links.some((link) => link.deviceId !== first.deviceId)) return false;
  return chatter(first, scene) !== undefined;
}
