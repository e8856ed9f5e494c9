/** What the pictures add to the session's assessment, as reasons with weights. */
import type { Assessment, Reason } from "../assessment/wire.ts";
import * as Level from "../level.ts";
import { isNight } from "../local-time.ts";
import { isDeviceSure, isNews, recognised, type Shot, showsNews } from "./describe-shot.ts";
import { isTame } from "./words-things.ts";

/** Points of score that pictures add or take. */
const sightWeights = Object.freeze({
  /** A person on private ground by night, or while the mode says that nobody should be about. */
  personOnGuard: 0.3,
  personByDay: 0.12,
  onlyPet: -0.25,
  nothing: -0.25,
});

/** A person seen with less confidence confirms nothing. */
const personConfidenceMin = 0.5;

/** Reports that an empty picture speaks against; a door that opened did open, whatever a camera saw. */
const doubtable: ReadonlySet<string> = new Set(
  ["motion", "person", "vehicle", "animal", "package", "audio", "custom"].map((type) => `type.${type}`),
);

/** What a device can only say when it has looked itself. */
const statements: ReadonlySet<string> = new Set([...recognised].map((type) => `type.${type}`));

export type Verdict = { level: Level.Level; reasons: Reason[]; recommendation: string };

export function verdictOf(assessment: Assessment, shots: readonly Shot[], timeZone: string): Verdict {
  const { level: before, reasons, recommendation } = assessment;
  const added = sightReason(assessment, shots, timeZone);
  if (!added) return { level: before, reasons, recommendation };
  const score = Math.min(1, Math.max(0, assessment.score + added.weight));
  const level = Level.ofScore(Number(score.toFixed(3)));
  const changed = Level.rank(level) - Level.rank(before);
  return {
    level,
    reasons: [...reasons, added],
    // What to do about smoke or gas does not depend on who is in the picture.
    recommendation: assessment.lifeSafety ? recommendation : (adviceOn(changed, level) ?? recommendation),
  };
}

function adviceOn(changed: number, level: Level.Level): string | undefined {
  if (changed < 0) return level === "low" ? "Nothing needs doing: the pictures show no threat." : undefined;
  if (changed === 0) return undefined;
  return level === "critical"
    ? "The pictures show a person. If you do not know who it is, keep away and call the police."
    : "Look at the pictures now: they show a person. Check that doors and windows are shut.";
}

function sightReason(assessment: Assessment, shots: readonly Shot[], timeZone: string): Reason | undefined {
  const codes = new Set(assessment.reasons.map((reason) => reason.code));
  const persons = shots.filter(showsPerson);
  if (persons.length > 0) return personReason(assessment, codes, persons, timeZone);
  const allSeen = shots.length > 0 && shots.every(isSeenWhole);
  const chained = [...codes].some((code) => code.startsWith("chain."));
  if (assessment.lifeSafety || !allSeen || chained || codes.isDisjointFrom(doubtable)) return undefined;
  if (isVouchedFor(assessment, shots)) return undefined;
  const telling = shots.filter(showsNews);
  if (telling.length === 0) {
    const text = "No picture shows anybody or anything that moves.";
    return toReason("nothing-seen", sightWeights.nothing, text, shots);
  }
  const onlyPets = telling.every(({ sightings }) =>
    sightings.filter(isNews).every(({ label }) => isTame(label)),
  );
  if (!onlyPets) return undefined;
  return toReason("only-pet", sightWeights.onlyPet, "The pictures show an animal and nobody else.", telling);
}

/** Whoever stands in the part that is lost was not looked at. */
function isSeenWhole(shot: Shot): boolean {
  return shot.state === "seen" && !shot.flaws.includes("damaged");
}

/**
 * Whether a device stands by having recognised somebody or something: a small or distant one escapes a second look, so
 * that an empty picture does not undo the first. One that the pictures do not even show is not theirs to doubt.
 */
function isVouchedFor({ reasons }: Assessment, shots: readonly Shot[]): boolean {
  const doubted = new Set(
    shots.filter((shot) => !isDeviceSure(shot.moment)).map((shot) => shot.moment.eventId),
  );
  return reasons.some(
    ({ code, eventIds }) => statements.has(code) && eventIds.some((eventId) => !doubted.has(eventId)),
  );
}

/** What persons in the pictures add, unless a delivery or a homecoming explains them. */
function personReason(
  { reasons }: Assessment,
  codes: ReadonlySet<string>,
  shots: readonly Shot[],
  timeZone: string,
): Reason | undefined {
  if (codes.has("delivery") || codes.has("coming-home")) return undefined;
  if (codes.has("type.person")) {
    const doubt = reasons.find((reason) => reason.code === "doubtful")?.weight ?? 0;
    return doubt < 0
      ? toReason("person-confirmed", -doubt, "The pictures leave no doubt that it is a person.", shots)
      : undefined;
  }
  const empty = codes.has("mode.away") || codes.has("mode.vacation");
  // Residents are seen inside, and anybody in the street.
  const unexpected = shots.filter(
    ({ place }) => place.kind !== "public" && (place.kind !== "interior" || empty),
  );
  if (unexpected.length === 0) return undefined;
  const armed = empty || codes.has("mode.night");
  const byNight = unexpected.some((shot) => isNight(shot.moment.capturedAt, timeZone));
  if (!armed && !byNight) {
    return toReason("person-seen", sightWeights.personByDay, "The pictures show a person.", unexpected);
  }
  const text = byNight
    ? "The pictures show a person at night."
    : "The pictures show a person who is not expected.";
  return toReason("person-seen", sightWeights.personOnGuard, text, unexpected);
}

function showsPerson(shot: Shot): boolean {
  return shot.detections.some(
    ({ label, confidence }) => label === "person" && confidence >= personConfidenceMin,
  );
}

function toReason(code: string, weight: number, text: string, shots: readonly Shot[]): Reason {
  return { code, weight, text, eventIds: [...new Set(shots.map((shot) => shot.moment.eventId))] };
}
