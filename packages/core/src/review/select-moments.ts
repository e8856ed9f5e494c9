/**
 * Which moments of a session a review looks at, when there are more than it may.
 *
 * Greedy by score with diversity (maximal marginal relevance): the best moment first, then again and again the one
 * whose score, divided by one plus its likeness to everything chosen so far, is greatest. So the twentieth frame of a
 * parked car is worth a fraction of the first, and the one frame of a person is chosen long before it.
 */
import type { EventType } from "../event/wire.ts";
import { read } from "../zone.ts";

export type Candidate = {
  id: string;
  eventId: string;
  deviceId: string;
  eventType: EventType;
  zone: string | null;
  /** 0..1, as the device reported it; null when it did not. */
  confidence: number | null;
  capturedAt: Date;
  /** Of the image's bytes, hex: equal ones are the same picture. */
  sha256: string;
  lifeSafety: boolean;
  /** 1 (life-safety) to 4 (low), as in a job. */
  priority: number;
  /** Hour of the account's wall clock at `capturedAt`, 0..23. */
  localHour: number;
};

/** Both in the order of `capturedAt`, then id. */
export type Selection = { chosen: Candidate[]; left: Candidate[] };

const pointsPerPriority = 100;
const lifeSafetyPoints = 500;
/** Points of an event at confidence 1, by what it reported. */
const typePoints: Readonly<Partial<Record<EventType, number>>> = {
  person: 50,
  vehicle: 30,
  package: 30,
  doorbell: 30,
  animal: 20,
  motion: 20,
};
const typePointsOtherwise = 20;
const confidenceUnreported = 0.5;

/** By canonical place; see zone.ts for how free text is read. */
const zoneFactors: ReadonlyMap<string, number> = new Map(
  Object.entries({
    front_door: 1.5,
    back_door: 1.5,
    side_door: 1.45,
    garage: 1.3,
    porch: 1.3,
    backyard: 1.2,
    side_yard: 1.2,
    front_yard: 1.1,
    driveway: 1.1,
    street: 0.9,
    living_room: 0.9,
    kitchen: 0.9,
    hallway: 0.9,
    bedroom: 0.8,
  }),
);
const zoneFactorOtherwise = 1;

/** The newest moment counts this much more; the surplus halves with every five minutes of age. */
const recencySurplus = 0.1;
const recencyHalfLifeMs = 5 * 60_000;

/** So great that a picture never comes twice while there is another, whatever the two are worth. */
const samePicture = 1_000_000;
/** Likeness of two moments, 0 (nothing in common) upwards, is the sum of what they share of these. */
const sameCameraAtOnce = 2;
const sameCamera = 0.3;
const sameType = 0.25;
const sameZone = 0.1;
/** Frames of one camera this far apart are half as alike as two at one instant. */
const likenessHalfLifeMs = 10_000;

function timeFactor(localHour: number): number {
  if (localHour >= 22 || localHour < 6) return 1.5;
  return localHour >= 8 && localHour < 18 ? 1.2 : 1;
}

/** What a moment is worth by itself; always positive. */
function score(candidate: Candidate, newestMs: number): number {
  const confidence = candidate.confidence ?? confidenceUnreported;
  const points =
    (5 - candidate.priority) * pointsPerPriority +
    (typePoints[candidate.eventType] ?? typePointsOtherwise) * confidence +
    (candidate.lifeSafety ? lifeSafetyPoints : 0);
  const ageMs = newestMs - candidate.capturedAt.getTime();
  const recency = 1 + recencySurplus * 0.5 ** (ageMs / recencyHalfLifeMs);
  const place = zoneFactors.get(read(candidate.zone).name) ?? zoneFactorOtherwise;
  return points * timeFactor(candidate.localHour) * place * recency;
}

function likeness(a: Candidate, b: Candidate): number {
  if (a.sha256 === b.sha256) return samePicture;
  let sum = 0;
  if (a.deviceId === b.deviceId) {
    const apartMs = Math.abs(a.capturedAt.getTime() - b.capturedAt.getTime());
    sum += sameCamera + sameCameraAtOnce * 0.5 ** (apartMs / likenessHalfLifeMs);
  }
  if (a.eventType === b.eventType) sum += sameType;
  if (a.zone === b.zone) sum += sameZone;
  return sum;
}

function inOrderOfTime(a: Candidate, b: Candidate): number {
  return a.capturedAt.getTime() - b.capturedAt.getTime() || (a.id < b.id ? -1 : 1);
}

/**
 * Chooses `min(k, candidates.length)` of the candidates, whose ids differ. Deterministic: the order in which they are
 * passed does not matter, and of equals the earlier is chosen, then the smaller id. Costs `k` passes over them.
 */
export function selectMoments(candidates: readonly Candidate[], k: number): Selection {
  const sorted = candidates.toSorted(inOrderOfTime);
  const newestMs = sorted.at(-1)?.capturedAt.getTime() ?? 0;
  const pool = sorted.map((candidate) => ({
    candidate,
    score: score(candidate, newestMs),
    likeness: 0,
    taken: false,
  }));
  for (let round = 0; round < Math.min(k, pool.length); round += 1) {
    let best: (typeof pool)[number] | undefined;
    for (const entry of pool) {
      if (entry.taken) continue;
      const worth = entry.score / (1 + entry.likeness);
      if (!best || worth > best.score / (1 + best.likeness)) best = entry;
    }
    if (!best) break;
    best.taken = true;
    for (const entry of pool) {
      if (!entry.taken) entry.likeness += likeness(entry.candidate, best.candidate);
    }
  }
  return {
    chosen: pool.filter(({ taken }) => taken).map(({ candidate }) => candidate),
    left: pool.filter(({ taken }) => !taken).map(({ candidate }) => candidate),
  };
}
