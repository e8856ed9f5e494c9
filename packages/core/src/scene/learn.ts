/**
 * What always stands before a camera, learned from what reviews report of its pictures, one picture after the other in the
 * order of time. Pure. A detector misses a parked car now and then, names it otherwise, and draws its box anew each time:
 * so a thing is gone when missing it so often is more than chance, by how often it was seen before in such light.
 */
import type { Box, Detection } from "../digest/wire.ts";
import { isLearnable } from "./learnable.ts";
import type { Light, SceneObject, Tally } from "./object.ts";
import { covered } from "./overlap.ts";
import { isSame, type Kept, lookOf } from "./recognise.ts";

export type SceneMemory = {
  /** Up to when its pictures were learned from; null: none was. */
  learnedUntil: Date | null;
  /** The review that was learned from last: its pictures may come in parts, in any order. */
  learnedIn: string | null;
  objects: readonly SceneObject[];
};

/** One picture of the camera that was looked at, and in which things can be made out. */
export type CameraLook = {
  momentId: string;
  reviewId: string;
  at: Date;
  light: Light;
  detections: readonly Detection[];
};

/** Things that stand before a camera at once; and how many that have left are remembered, and for how long. */
export const standingMax = 60;
export const departedMax = 100;
const departedMsMax = 30 * 24 * 60 * 60 * 1000;
export const evidenceMax = 8;

/** A thing that was seen for a shorter time has only come by: when it is not there any more, nobody is told. */
const settledMsMin = 60_000;
/** Missing a thing so often by chance is less likely than this, or it has gone. */
const chanceMax = 1e-4;
const fleetingChanceMax = 1e-2;
/** It is never missed less often than this by chance. */
const seenShareMax = 0.96;
/** What is believed of a thing before it was looked for in such light: at night a detector misses most. */
const prior = {
  sure: { day: { seen: 24, looked: 25 }, night: { seen: 2, looked: 4 } },
  unsure: { day: { seen: 3, looked: 4 }, night: { seen: 1, looked: 4 } },
} as const;
/** By day a detector hardly ever misses what it is so sure of. */
const sureFrom = 0.65;
/** Tallies are halved there: how well a thing can be seen changes with the season. */
const lookedMax = 200;
/** Somebody or something before it hides it from this much of it on. */
const hiddenShare = 0.3;
/** What the detector is less sure of comes and goes without being told. */
const doubtfulBelow = 0.5;
/** A doubtful thing that is back within this time had not left; and a late picture tells nothing of what came later still. */
const flickerMsMax = 7 * 24 * 60 * 60 * 1000;
/** A camera that reports what moves, and was looked at this shortly before, has seen it arrive. */
const arrivalMsMax = 60 * 60_000;

/** @param createId of an object that is new */
export function learn(
  memory: SceneMemory,
  looks: readonly CameraLook[],
  createId: () => string,
): SceneMemory {
  const inOrder = looks.toSorted(
    (a, b) => a.at.getTime() - b.at.getTime() || (a.momentId < b.momentId ? -1 : 1),
  );
  let learned = memory;
  for (const look of inOrder) learned = learnOne(learned, look, createId);
  const [last] = inOrder.slice(-1);
  return last ? { ...learned, objects: bounded(learned.objects, last.at) } : learned;
}

function learnOne(memory: SceneMemory, look: CameraLook, createId: () => string): SceneMemory {
  const { learnedUntil, learnedIn } = memory;
  const isLate = learnedUntil !== null && look.at < learnedUntil && look.reviewId !== learnedIn;
  const things = look.detections
    .filter(({ label }) => isLearnable(label))
    .toSorted((a, b) => b.confidence - a.confidence);
  const assigned = assign(memory.objects, things, look);
  const taken = new Set(assigned.values());
  const objects = memory.objects.flatMap((object) => {
    const thing = assigned.get(object.id);
    if (thing) return [seen(object, thing, look)];
    // What is told late proves nothing of what is there now.
    return isLate ? [object] : missed(object, look);
  });
  if (isLate) return { ...memory, objects };
  const added = things
    .filter((thing) => !taken.has(thing))
    .map((thing) => arrived(thing, look, memory, createId()));
  return {
    learnedUntil: learnedUntil === null || look.at > learnedUntil ? look.at : learnedUntil,
    learnedIn: look.reviewId,
    objects: [...objects, ...added],
  };
}

/** Which thing of a picture each object is: the surest thing first, and each the object that it resembles most. */
function assign(
  objects: readonly SceneObject[],
  things: readonly Detection[],
  look: CameraLook,
): Map<string, Detection> {
  const assigned = new Map<string, Detection>();
  for (const thing of things) {
    const [best] = objects
      .filter((object) => !assigned.has(object.id) && stoodThen(object, look.at))
      .map((object) => ({ object, likeness: isSame(keptOf(object), thing) }))
      .filter(({ likeness }) => likeness > 0)
      .toSorted((a, b) => b.likeness - a.likeness);
    if (best) assigned.set(best.object.id, thing);
  }
  return assigned;
}

/** One whose departure nobody was told of is looked for in its place for a while. */
function stoodThen({ arrivedAt, goneAt, goneIn, lastSeenAt }: SceneObject, at: Date): boolean {
  if (arrivedAt.getTime() - at.getTime() > flickerMsMax) return false;
  if (goneAt === null || at <= goneAt) return true;
  return goneIn === null && at.getTime() - lastSeenAt.getTime() <= flickerMsMax;
}

export function keptOf(object: SceneObject): Kept {
  const { label, box, hashes, name } = object;
  const isSettled = name !== null || spanMs(object) >= settledMsMin;
  return { label, box, hashes, isSettled };
}

function arrived(thing: Detection, look: CameraLook, { learnedUntil }: SceneMemory, id: string): SceneObject {
  const sinceMs =
    learnedUntil === null ? Number.POSITIVE_INFINITY : look.at.getTime() - learnedUntil.getTime();
  const { label, box, confidence } = thing;
  const none: Tally = { seen: 0, looked: 0, missed: 0 };
  return {
    id,
    label,
    box,
    confidence,
    ...lookOf({ hashes: [], colours: {} }, thing),
    name: null,
    arrivedAt: look.at,
    arrival: sinceMs <= arrivalMsMax ? "arrived" : learnedUntil === null ? "always" : "first-seen",
    arrivedIn: look.reviewId,
    arrivedMomentId: look.momentId,
    lastSeenAt: look.at,
    lastMomentId: look.momentId,
    goneAt: null,
    goneIn: null,
    goneMomentId: null,
    tally: { day: none, night: none, [look.light]: { seen: 1, looked: 1, missed: 0 } },
    evidence: [{ momentId: look.momentId, at: look.at.toISOString() }],
  };
}

function seen(object: SceneObject, thing: Detection, look: CameraLook): SceneObject {
  const { momentId, at, light } = look;
  const isLatest = at >= object.lastSeenAt;
  const tally = halved(object.tally[light]);
  const weight = 1 / Math.min(20, tally.seen + 2);
  return {
    ...object,
    // The name that the detector is surest of.
    label: thing.confidence > object.confidence + 0.1 ? thing.label : object.label,
    box: isLatest ? mixed(object.box, thing.box, Math.max(weight, 0.2)) : object.box,
    confidence: object.confidence + weight * (thing.confidence - object.confidence),
    ...lookOf(object, thing),
    ...(at < object.arrivedAt
      ? {
          arrivedAt: at,
          arrival: object.arrival === "always" ? ("always" as const) : ("first-seen" as const),
        }
      : {}),
    ...(isLatest ? { lastSeenAt: at, lastMomentId: momentId } : {}),
    ...(object.goneAt !== null && at > object.goneAt ? { goneAt: null, goneMomentId: null } : {}),
    tally: {
      ...(isLatest ? found(object.tally) : object.tally),
      [light]: { seen: tally.seen + 1, looked: tally.looked + 1, missed: isLatest ? 0 : tally.missed },
    },
    evidence: [
      ...object.evidence.slice(0, 1),
      ...object.evidence.slice(1),
      { momentId, at: at.toISOString() },
    ]
      .filter((one, index, all) => all.findIndex((other) => other.momentId === one.momentId) === index)
      .filter((_, index, all) => index === 0 || index >= all.length - (evidenceMax - 1)),
  };
}

/** Not there in a picture. Empty: it had only come by, and is forgotten. */
function missed(object: SceneObject, look: CameraLook): SceneObject[] {
  const { momentId, at, light, reviewId } = look;
  if (object.goneAt !== null || at <= object.lastSeenAt || isHidden(object, look)) return [object];
  const before = halved(object.tally[light]);
  const tally: Tally = { ...before, looked: before.looked + 1, missed: before.missed + 1 };
  const missing = { ...object, tally: { ...object.tally, [light]: tally } };
  const { isSettled } = keptOf(object);
  if (chanceOf(missing, light) > (isSettled ? chanceMax : fleetingChanceMax)) {
    return [missing];
  }
  if (!isSettled) return [];
  const isTold = object.name !== null || object.confidence >= doubtfulBelow;
  return [{ ...missing, goneAt: at, goneIn: isTold ? reviewId : null, goneMomentId: momentId }];
}

/** The likelihood of missing so often in a row a thing that is there. */
function chanceOf({ tally, confidence }: SceneObject, light: Light): number {
  const { seen: times, looked, missed: misses } = tally[light];
  const believed = prior[confidence >= sureFrom ? "sure" : "unsure"][light];
  const hits = times + believed.seen;
  const tries = looked - misses + believed.looked;
  return (1 - Math.min(seenShareMax, hits / tries)) ** misses;
}

/** Whatever stands before it hides it; what stands in its very place does not. */
function isHidden(object: SceneObject, { detections }: CameraLook): boolean {
  return detections.some(
    ({ box, label }) =>
      covered(object.box, box) >= hiddenShare && !(isLearnable(label) && covered(box, object.box) >= 0.8),
  );
}

/** Seen in whatever light, it is missed in none. */
function found({ day, night }: SceneObject["tally"]): SceneObject["tally"] {
  return { day: { ...day, missed: 0 }, night: { ...night, missed: 0 } };
}

function halved(tally: Tally): Tally {
  if (tally.looked < lookedMax) return tally;
  return { ...tally, seen: Math.round(tally.seen / 2), looked: Math.round(tally.looked / 2) };
}

function mixed(old: Box, fresh: Box, weight: number): Box {
  const mix = (index: 0 | 1 | 2 | 3) =>
    Math.round((old[index] + weight * (fresh[index] - old[index])) * 10_000) / 10_000;
  return [mix(0), mix(1), mix(2), mix(3)];
}

function spanMs({ arrivedAt, lastSeenAt }: SceneObject): number {
  return lastSeenAt.getTime() - arrivedAt.getTime();
}

/** What was named is kept; of the rest what was seen for longest, and of what has left the latest. */
function bounded(objects: readonly SceneObject[], now: Date): SceneObject[] {
  const standing = objects
    .filter(({ goneAt }) => goneAt === null)
    .toSorted(
      (a, b) =>
        Number(b.name !== null) - Number(a.name !== null) ||
        spanMs(b) - spanMs(a) ||
        b.lastSeenAt.getTime() - a.lastSeenAt.getTime(),
    )
    .slice(0, standingMax);
  const departed = objects
    .filter(({ goneAt }) => goneAt !== null && now.getTime() - goneAt.getTime() <= departedMsMax)
    .toSorted((a, b) => (b.goneAt?.getTime() ?? 0) - (a.goneAt?.getTime() ?? 0))
    .slice(0, departedMax);
  return [...standing, ...departed];
}
