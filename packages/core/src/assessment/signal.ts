/** Observations read once into what the rules ask of them. */
import { type EventType, isLifeSafety, type Mode } from "../event/wire.ts";
import { isNight } from "../local-time.ts";
import type { Seen } from "../seen.ts";
import * as Zone from "../zone.ts";
import type { Observation } from "./observation.ts";
import { thresholds } from "./weights.ts";

/** Who is about: `empty` nobody, `up` residents awake, `asleep` residents in bed, `unknown` nobody said. */
export type Occupancy = "empty" | "up" | "asleep" | "unknown";

export type Signal = {
  eventId: string;
  deviceId: string;
  type: EventType;
  /** Milliseconds since the epoch. */
  at: number;
  place: Zone.Place;
  confidence: number | null;
  mode: Mode | null;
  occupancy: Occupancy;
  night: boolean;
  lifeSafety: boolean;
  /** `motion` or `person`. */
  isMovement: boolean;
  /** A door or a window that opened. */
  isOpening: boolean;
  closed: boolean;
  recognised: boolean;
  /** Somebody whom the device says that it does not know. */
  stranger: boolean;
  /** 0..1: how sure the device is that it was a pet. */
  pet: number;
  dwellSeconds: number;
  /** What its pictures show; null: they were not looked at. */
  seen: Seen | null;
  /** Whether somebody is surely to be seen. */
  peopled: boolean;
  /** Whether all of its pictures were looked at, and there is nobody in any of them. */
  deserted: boolean;
  alarmingSound: boolean;
  celsius: number | null;
};

const methods: ReadonlySet<unknown> = new Set(["key", "code", "card", "app", "fingerprint"]);
const alarmingSounds: ReadonlySet<unknown> = new Set([
  "scream",
  "shout",
  "gunshot",
  "explosion",
  "alarm",
  "smoke_alarm",
  "glass",
  "glass_break",
]);

/** Reads one observation. A device that reports no mode is taken to stand under `fallbackMode`. */
function toSignal(observation: Observation, timeZone: string, fallbackMode: Mode | null): Signal {
  const { attributes, type } = observation;
  const mode = observation.mode ?? fallbackMode;
  const night = isNight(observation.occurredAt, timeZone);
  const closed = attributes.state === "closed";
  const opens = type === "door" || type === "window";
  const seen = observation.seen ?? null;
  const peopled = seen !== null && seen.people !== null;
  return {
    eventId: observation.eventId,
    deviceId: observation.deviceId,
    type,
    at: observation.occurredAt.getTime(),
    place: Zone.read(observation.zone),
    confidence: observation.confidence,
    mode,
    occupancy: occupancyOf(mode, night),
    night,
    lifeSafety: isLifeSafety({ type, mode: observation.mode }),
    isMovement: type === "motion" || type === "person" || (peopled && shownAs.has(type)),
    isOpening: opens && !closed,
    closed: opens && closed,
    recognised: attributes.known === true || (opens && methods.has(attributes.method)),
    stranger: type === "person" && attributes.known === false,
    pet: petOf(type, attributes.pet),
    dwellSeconds: finite(attributes.dwellSeconds) ?? 0,
    seen,
    peopled,
    deserted: isDeserted(observation),
    alarmingSound: type === "audio" && alarmingSounds.has(attributes.sound),
    celsius: finite(attributes.celsius),
  };
}

/** Reports that are of somebody as well, where a picture shows somebody. */
const shownAs: ReadonlySet<EventType> = new Set(["vehicle", "animal", "package", "doorbell", "custom"]);

/** A device that has made out a person itself, and is this sure of it, is not overruled by a picture that shows none. */
const ownEvidenceMin = 0.5;

/** Only what tells of no more than movement can be ruled out: a door that opened did open, whatever a camera saw. */
function isDeserted({ type, confidence, seen }: Observation): boolean {
  if (!seen || !seen.whole || seen.momentIds.length === 0) return false;
  if (seen.people !== null || seen.perhapsPeople) return false;
  if (type === "person") return confidence !== null && confidence < ownEvidenceMin;
  return type === "motion" || type === "custom";
}

/** The signals of observations, sorted; the mode that a silent device stands under is the latest that was reported. */
export function toSignals(observations: readonly Observation[], timeZone: string): Signal[] {
  const sorted = observations.toSorted(
    (a, b) =>
      a.occurredAt.getTime() - b.occurredAt.getTime() ||
      (a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0),
  );
  let mode = sorted.find((observation) => observation.mode !== null)?.mode ?? null;
  return withStays(
    sorted.map((observation) => {
      mode = observation.mode ?? mode;
      return toSignal(observation, timeZone, mode === "emergency" ? null : mode);
    }),
  );
}

/**
 * A camera that reports somebody again and again tells of a stay as long as its reports, unless residents are up and
 * about, who stay where they like.
 */
function withStays(signals: Signal[]): Signal[] {
  const stays = new Map<string, Signal[]>();
  for (const signal of signals) {
    if ((signal.type !== "person" && signal.type !== "vehicle") || signal.occupancy === "up") continue;
    const source = `${signal.type} ${signal.deviceId} ${signal.place.name}`;
    const stay = stays.get(source);
    const before = stay?.at(-1);
    if (stay && before && signal.at - before.at <= thresholds.staySeconds * 1000) stay.push(signal);
    else stays.set(source, [signal]);
    // Each stay is lengthened as it grows: the signals are this function's own.
    const [first] = stays.get(source) ?? [];
    if (first) signal.dwellSeconds = Math.max(signal.dwellSeconds, (signal.at - first.at) / 1000);
  }
  for (const signal of signals) {
    const seconds = signal.occupancy === "up" ? 0 : (signal.seen?.people?.seconds ?? 0);
    signal.dwellSeconds = Math.max(signal.dwellSeconds, seconds);
  }
  return signals;
}

const occupancies: Readonly<Record<Mode, Occupancy>> = {
  home: "up",
  away: "empty",
  night: "asleep",
  vacation: "empty",
  emergency: "unknown",
};

function occupancyOf(mode: Mode | null, night: boolean): Occupancy {
  if (mode === null) return "unknown";
  return mode === "home" && night ? "asleep" : occupancies[mode];
}

function petOf(type: EventType, stated: unknown): number {
  if (type !== "motion" && type !== "audio") return 0;
  if (stated === true) return 1;
  const sure = finite(stated);
  return sure === null ? 0 : Math.min(1, Math.max(0, sure));
}

function finite(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

export function isOutside(signal: Signal): boolean {
  return signal.place.kind !== "interior";
}
