/** What the explainer is told. */
import type { EventType, Mode } from "../event/wire.ts";
import type { Seen } from "../seen.ts";

/**
 * One event. Attributes that the explainer reads, all optional; anything else in them is ignored:
 * `pet` (true, or 0..1: how sure), `known` (true: a recognised person, false: a stranger), `method` (`key`, `code`, `card`, `app`,
 * `fingerprint`: how a door was opened), `state` (`open` or `closed`), `dwellSeconds`, `sound` (`scream`, `gunshot`,
 * `alarm`, …), `celsius`.
 */
export type Observation = {
  eventId: string;
  deviceId: string;
  type: EventType;
  occurredAt: Date;
  zone: string | null;
  /** 0..1 as the device reported it. */
  confidence: number | null;
  mode: Mode | null;
  attributes: Record<string, unknown>;
  /** What its pictures show; absent or null while nobody has looked at them. */
  seen?: Seen | null;
};

export type Circumstances = {
  /** IANA zone of the account; night is 22:00 to 06:00 there. */
  timeZone: string;
  /** Events of the same site up to five minutes around the subject, without it, in any order. */
  recent: readonly Observation[];
  /** The usual traffic of the subject's zone over the past weeks; null when unknown. */
  history: { zoneEventsPerDay: number | null };
  /** How often this account called such assessments false. */
  dismissals: readonly Dismissal[];
};

export type Dismissal = { type: EventType; zone: string | null; count: number };
