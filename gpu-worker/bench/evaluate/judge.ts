/** A digest of a scenario as the API makes it, and whether it says what it should. */
import * as Assessment from "@vigil/core/assessment";
import * as Digest from "@vigil/core/digest";
import { many, one } from "@vigil/core/digest/things";
import type { Detection } from "@vigil/core/digest/wire";
import { atLeast, type Level } from "@vigil/core/level";
import { cocoLabels } from "../../src/model/index.ts";
import type { Scenario, Subject } from "./scenarios.ts";

export type Verdict = "right" | "wrong" | "undecided";
export type Judged = {
  scenario: Scenario;
  level: Level;
  title: string;
  levelIs: Verdict;
  titleIs: Verdict;
  peopleCounted: number;
  sentences: number;
  /** Sentences that name what no picture that they cite shows. */
  unsupported: string[];
};

const subjectWords: Readonly<Record<Exclude<Subject, "nobody">, RegExp>> = {
  person: /\b(?:person|people)\b/i,
  dog: /^(?:possibly )?(?:a|two) (?:dog|sheep|cat|cow|horse)s?\b/i,
  vehicle: /^(?:possibly )?(?:a|two) (?:truck|car|bus)s?\b/i,
};
const somebody = /\b(?:person|people|dog|cat|bird|aeroplane|horse|sheep)\b/i;

export function judge(scenario: Scenario, detections: readonly Detection[]): Judged {
  const { type, zone, mode, hour } = scenario.event;
  const capturedAt = new Date(Date.UTC(2026, 1, 3, hour, 10));
  const event = {
    eventId: "event",
    deviceId: "camera",
    type,
    occurredAt: capturedAt,
    zone,
    confidence: null,
    mode,
    attributes: {},
  };
  const finding = { id: "picture", outcome: "reviewed" as const, detections: [...detections] };
  const moment = {
    id: "picture",
    eventId: "event",
    capturedAt,
    zone,
    deviceId: "camera",
    eventType: type,
    confidence: null,
    finding,
  };
  const { ofEvent } = Digest.seenIn([moment], []);
  const around = { timeZone: "Europe/London", history: { zoneEventsPerDay: null }, dismissals: [] };
  const digest = Digest.describe({
    assessment: Assessment.assessSession([{ ...event, seen: ofEvent.get("event") ?? null }], around),
    siteName: "Home",
    timeZone: "Europe/London",
    moments: [moment],
    awaited: [],
    capabilities: { faces: false, reidentification: false, plates: false },
  });
  const told = [...digest.summary, ...digest.timeline];
  // What the detector does not see, no rule can tell of.
  const seen = isSeen(scenario, detections);
  return {
    scenario,
    level: digest.level,
    title: digest.title,
    levelIs: seen ? verdictOf(scenario.levels.includes(digest.level)) : "undecided",
    titleIs: seen ? verdictOf(isAbout(digest.title, scenario.subject)) : "undecided",
    peopleCounted: digest.counts.person ?? 0,
    sentences: told.length,
    unsupported: told
      .map(({ text }) => text)
      .filter((text) => !isSupported(text, detections, [digest.title, type])),
  };
}

function verdictOf(right: boolean): Verdict {
  return right ? "right" : "wrong";
}

function isSeen({ subject, people }: Scenario, detections: readonly Detection[]): boolean {
  const labels = new Set(detections.map(({ label }) => label));
  if (people > 0 && !labels.has("person")) return false;
  return subject !== "dog" || ["dog", "sheep", "cat", "cow", "horse"].some((label) => labels.has(label));
}

function isAbout(title: string, subject: Subject): boolean {
  return subject === "nobody" ? !somebody.test(title) : subjectWords[subject].test(title);
}

/** Whether everything that a sentence names is in the picture that it rests on, or is what the device reported. */
function isSupported(
  text: string,
  detections: readonly Detection[],
  [, reported = ""]: readonly string[],
): boolean {
  const shown = new Set([...detections.map(({ label }) => label), reported]);
  return cocoLabels.every((label) => {
    const named = new RegExp(`\\b(?:${one(label)}|${many(label)})\\b`, "i").test(text);
    return !named || shown.has(label);
  });
}

/** Scenarios that are judged below what is the same without the danger. */
export function inversionsOf(judged: readonly Judged[]): Judged[] {
  const byName = new Map(judged.map((result) => [result.scenario.name, result]));
  return judged.filter(({ scenario, level }) => {
    const ordinary = scenario.ordinary === undefined ? undefined : byName.get(scenario.ordinary);
    return ordinary !== undefined && !atLeast(level, ordinary.level);
  });
}
