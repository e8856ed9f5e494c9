/** An alarm as people and programs on the site get it: by MQTT, webhook and command, and on the local page. */
import { Assessment } from "@vigil/core/assessment/wire";
import { Level, rank } from "@vigil/core/level";
import * as z from "zod";
import { type Alarm, alarmKinds } from "../sensing-words.ts";

export const Verdict = z.object({
  /** The cloud's replaces the gateway's. A digest is the cloud's last word. */
  by: z.enum(["gateway", "cloud", "digest"]),
  level: Level,
  title: z.string(),
  summary: z.string(),
  digestId: z.string().optional(),
});
export type Verdict = z.infer<typeof Verdict>;

/** One episode; told again, with the same id, when it rises, when it clears, and when the cloud has spoken. */
export const AlarmRecord = z.object({
  id: z.string(),
  episode: z.string(),
  state: z.enum(["opened", "raised", "cleared"]),
  site: z.string(),
  place: z.string(),
  device: z.string(),
  kind: z.enum(alarmKinds),
  level: Level,
  probability: z.number(),
  reasons: z.array(z.object({ code: z.string(), text: z.string() })),
  readings: z.array(
    z.object({ device: z.string(), channel: z.string(), value: z.number(), unit: z.string() }),
  ),
  mitigations: z.array(z.string()),
  assessment: Assessment,
  verdict: Verdict,
  /** RFC 3339, by the gateway's wall clock. */
  openedAt: z.string(),
  changedAt: z.string(),
  /** Ids of the events that told the cloud of it, the latest last. */
  events: z.array(z.string()),
});
export type AlarmRecord = z.infer<typeof AlarmRecord>;

const titles: Record<Alarm["kind"], string> = {
  fire: "Fire",
  flame: "Flame",
  smoke: "Smoke",
  gas: "Gas",
  heat: "Heat",
};

/** "Fire: server room". */
export const titleOf = ({ kind, place }: Pick<Alarm, "kind" | "place">) => `${titles[kind]}: ${place}`;

/** The gateway's own verdict: the higher of what its rules and what the explainer say. */
function localVerdict(alarm: Alarm, assessment: Assessment): Verdict {
  const level = rank(alarm.level) >= rank(assessment.level) ? alarm.level : assessment.level;
  const reasons = alarm.reasons.map(({ text }) => text).join(" ");
  return { by: "gateway", level, title: titleOf(alarm), summary: `${assessment.summary} ${reasons}`.trim() };
}

/** @param before what was told of the same episode */
export function recordOf(
  alarm: Alarm,
  told: { id: string; site: string; assessment: Assessment; before: AlarmRecord | undefined },
): AlarmRecord {
  const { id, site, assessment, before } = told;
  const changedAt = new Date(alarm.wallMs).toISOString();
  return {
    id: before?.id ?? id,
    episode: alarm.episode,
    state: alarm.state,
    site,
    place: alarm.place,
    device: alarm.device,
    kind: alarm.kind,
    level: alarm.level,
    probability: alarm.probability,
    reasons: alarm.reasons.map(({ code, text }) => ({ code, text })),
    readings: alarm.readings.map(({ device, channel, value, unit }) => ({ device, channel, value, unit })),
    mitigations: alarm.mitigations,
    assessment,
    verdict: localVerdict(alarm, assessment),
    openedAt: before?.openedAt ?? changedAt,
    changedAt,
    events: [...(before?.events ?? []), id],
  };
}

/** An episode that has ended keeps what was said of it. */
export function clearedRecord(alarm: Alarm, before: AlarmRecord): AlarmRecord {
  return { ...before, state: "cleared", changedAt: new Date(alarm.wallMs).toISOString() };
}
