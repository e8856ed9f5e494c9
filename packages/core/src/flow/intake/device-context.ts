/** What accepting an event needs to know, fetched in one round trip together with the check of the device's key. */
import type { Observation } from "../../assessment/index.ts";
import type { Assessment } from "../../assessment/wire.ts";
import type { Queryable } from "../../db/index.ts";
import type { Clock } from "../../device/index.ts";
import type { EventType } from "../../event/wire.ts";
import type * as Evidence from "../../evidence/index.ts";
import { hash, kindOf } from "../../key/index.ts";
import { session as limits } from "../../limits.ts";
import { problem } from "../../problem.ts";
import type { Tier } from "../../review/wire.ts";
import type { SessionState } from "../../session/wire.ts";

export type NearbySession = {
  id: string;
  state: SessionState;
  firstEventAt: Date;
  lastEventAt: Date;
  openedAt: Date;
};

export type DeviceContext = {
  deviceId: string;
  deviceZone: string | null;
  clock: Clock | null;
  accountId: string;
  tier: Tier;
  timeZone: string;
  siteId: string;
  /** Whoever opens a session here must have seen this count. */
  sessionsOpened: number;
  known: {
    id: string;
    sessionId: string;
    fingerprint: string;
    assessment: Assessment;
    sealed: boolean;
  } | null;
  sessions: NearbySession[];
  recent: Observation[];
  /** How many events a day are usual in the event's zone; null where the site is too new to tell. */
  zoneEventsPerDay: number | null;
  /** What is usual on this site was measured long ago, or never. */
  isTrafficDue: boolean;
  /** What is blackened in its pictures before they are kept. */
  masks: Evidence.Mask[];
  dismissals: { type: EventType; zone: string | null; count: number }[];
};

type Encoded<T> = { [K in keyof T]: T[K] extends Date ? string : T[K] };
/** A list of each field: it costs the database less than an object of each row does. Null where there are no rows. */
type Columns<T> = { [K in keyof T]: T[K][] | null };
type Row = Omit<DeviceContext, "sessions" | "recent"> & {
  sessions: Encoded<NearbySession>[];
  recent: Columns<Omit<Encoded<Observation>, "seen">>;
};

const at = <T>(cells: readonly T[] | null, row: number) => cells?.[row] as T;

function observationsOf(columns: Row["recent"]): Observation[] {
  return (columns.eventId ?? []).map((eventId, row) => ({
    eventId,
    deviceId: at(columns.deviceId, row),
    type: at(columns.type, row),
    occurredAt: new Date(at(columns.occurredAt, row)),
    zone: at(columns.zone, row),
    confidence: at(columns.confidence, row),
    mode: at(columns.mode, row),
    attributes: at(columns.attributes, row),
  }));
}

/** @throws `unauthenticated` when the key is not that of a device in use */
export async function deviceContext(
  sql: Queryable,
  key: string,
  event: { clientId: string; zone: string | null; reportedAt: Date; now: Date },
): Promise<DeviceContext> {
  const reachMs = limits.lengthMsMax + limits.gapSecondsMax * 1000;
  const rows =
    kindOf(key) === "device"
      ? await sql<{ context: Row | null }[]>`select intake_context(
          ${Buffer.from(hash(key))}, ${event.clientId}, ${event.zone}, ${event.now}, ${event.reportedAt},
          ${reachMs}, ${limits.contextMs}, ${limits.contextEventsMax}, ${limits.trafficMsMax}) as context`
      : [];
  const row = rows[0]?.context;
  if (!row) {
    throw problem("unauthenticated", "expected the key of a device in use: Authorization: Bearer vgl_dev_…");
  }
  return {
    ...row,
    sessions: row.sessions.map((session) => ({
      ...session,
      firstEventAt: new Date(session.firstEventAt),
      lastEventAt: new Date(session.lastEventAt),
      openedAt: new Date(session.openedAt),
    })),
    recent: observationsOf(row.recent),
  };
}
