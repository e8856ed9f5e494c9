/** The one statement that records an event, its session and its moments. */
import type { Assessment } from "../assessment/wire.ts";
import { type Database, type Part, part, pipelined, type Queryable } from "../db/index.ts";
import type { EvidenceState } from "../evidence/evidence.sql.ts";
import { rank } from "../level.ts";
import type { ContentType, EventType, Mode } from "./wire.ts";

export type NewMoment = {
  id: string;
  name: string;
  contentType: ContentType;
  bytes: number;
  sha256: string;
  capturedAt: Date;
  state: EvidenceState;
  /** What its device sent, where what is kept of it is another picture. */
  announcedBytes?: number;
  announcedSha256?: string;
};

export type NewEvent = {
  id: string;
  accountId: string;
  siteId: string;
  deviceId: string;
  clientId: string;
  fingerprint: Uint8Array;
  type: EventType;
  zone: string | null;
  mode: Mode | null;
  confidence: number | null;
  attributes: Record<string, unknown>;
  reportedAt: Date;
  occurredAt: Date;
  receivedAt: Date;
  sealed: boolean;
  /** Until when more of its evidence may be announced; null: all of it is. */
  announcingUntil: Date | null;
  /** Whether its evidence may ask for a review or an addendum at once: the sweep does, if this process dies first. */
  toFollowUp: boolean;
  assessment: Assessment;
  moments: readonly NewMoment[];
  /** What is known of the device's clock by now (device/clock.ts). */
  clock: Readonly<Record<string, unknown>>;
  /** Of the request that told of it. */
  traceparent: string | null;
};

/**
 * Join a session in the state that was seen, unless it would last longer than `lengthMsMax` by now; or open one where
 * `sessionsOpened` still holds.
 */
export type SessionChoice =
  | {
      kind: "join";
      sessionId: string;
      state: "open" | "closed";
      /** Whether other sessions are as near to the event, so that they may be one by it. */
      bridges: boolean;
      closesAt: Date;
      lengthMsMax: number;
    }
  | { kind: "open"; sessionId: string; sessionsOpened: number; closesAt: Date };

/**
 * Records the event in one round trip and one transaction.
 * @returns false when the world has moved on since the context was read (the session closed or grew, another was opened,
 *   or the same event was recorded meanwhile) and nothing was written: read the context again.
 */
export async function record(database: Database, event: NewEvent, choice: SessionChoice): Promise<boolean> {
  const rows = await pipelined<Recorded>(database, event.accountId, recording(event, choice));
  return rows[0]?.recorded ?? false;
}

/** The same in a transaction that others wait for. */
export async function recordIn(sql: Queryable, event: NewEvent, choice: SessionChoice): Promise<boolean> {
  const [row] = await sql<Recorded[]>`${recording(event, choice)}`;
  return row?.recorded ?? false;
}

type Recorded = { recorded: boolean };

function piecesOf({ accountId, moments }: NewEvent): Part {
  return part`, pieces as (
      insert into moment (id, account_id, event_id, name, content_type, bytes, sha256, captured_at, state, announced_bytes,
        announced_sha256)
      select m.id, ${accountId}, recorded.id, m.name, m."contentType", m.bytes, m.sha256, m."capturedAt", m.state,
        m."announcedBytes", m."announcedSha256"
      from recorded, jsonb_to_recordset(${JSON.stringify(moments)}::jsonb) as m (
        id text, name text, "contentType" text, bytes int, sha256 text, "capturedAt" timestamptz, state text,
        "announcedBytes" int, "announcedSha256" text)
      returning id
    )`;
}

function recording(event: NewEvent, choice: SessionChoice): Part {
  const pieces = event.moments.length > 0 ? piecesOf(event) : undefined;
  const assessment = part`${JSON.stringify(event.assessment)}::jsonb`;
  const levelRank = rank(event.assessment.level);
  const target =
    choice.kind === "open"
      ? part`turn as (
          update site set sessions_opened = sessions_opened + 1
          where id = ${event.siteId} and sessions_opened = ${choice.sessionsOpened} returning id
        ), target as (
          insert into session (id, account_id, site_id, state, first_event_at, last_event_at, opened_at, last_received_at,
            closes_at, level_rank, score, assessment, traceparent)
          select ${choice.sessionId}, ${event.accountId}, turn.id, 'open', ${event.occurredAt}, ${event.occurredAt},
            ${event.receivedAt}, ${event.receivedAt}, ${choice.closesAt}, ${levelRank}::int, ${event.assessment.score}::real, ${assessment},
            ${event.traceparent}
          from turn
          where not exists (select from event where device_id = ${event.deviceId} and client_id = ${event.clientId})
          returning id
        )`
      : part`target as (
          update session set
            first_event_at = least(first_event_at, ${event.occurredAt}),
            last_event_at = greatest(last_event_at, ${event.occurredAt}),
            last_received_at = greatest(last_received_at, ${event.receivedAt}),
            closes_at = case when state = 'open' then greatest(closes_at, ${choice.closesAt}) else closes_at end,
            level_rank = greatest(level_rank, ${levelRank}::int),
            assessment = case when ${event.assessment.score}::real > score then ${assessment} else assessment end,
            score = greatest(score, ${event.assessment.score}::real)
          where id = ${choice.sessionId} and state = ${choice.state} and merged_into is null
            and greatest(last_event_at, ${event.occurredAt}) - least(first_event_at, ${event.occurredAt})
              <= ${choice.lengthMsMax} * interval '1 millisecond'
            and not exists (select from event where device_id = ${event.deviceId} and client_id = ${event.clientId})
          returning id
        )`;
  // The stream's turn is held until the commit, so it is taken when everything else has been written.
  const told =
    choice.kind === "open"
      ? part`(select append_stream_entry(${event.accountId}, 'session', ${choice.sessionId},
            ${JSON.stringify({ state: "open", level: event.assessment.level, siteId: event.siteId })}::jsonb, ${event.receivedAt})
          from recorded${pieces ? part`, (select count(*) from pieces) p` : part``}, (select count(*) from clock) c) as told`
      : part`null as told`;
  return part`with ${target}, recorded as (
      insert into event (id, account_id, site_id, device_id, session_id, client_id, fingerprint, type, zone, mode, confidence,
        attributes, reported_at, occurred_at, received_at, sealed_at, announcing_until, follow_up_at,
        assessment)
      select ${event.id}, ${event.accountId}, ${event.siteId}, ${event.deviceId}, target.id, ${event.clientId},
        ${Buffer.from(event.fingerprint)}, ${event.type}, ${event.zone}, ${event.mode}, ${event.confidence}::real,
        ${JSON.stringify(event.attributes)}::jsonb, ${event.reportedAt}, ${event.occurredAt}, ${event.receivedAt},
        ${event.sealed ? event.receivedAt : null}, ${event.announcingUntil}, ${event.toFollowUp ? event.receivedAt : null},
        ${assessment}
      from target
      on conflict (device_id, client_id) do nothing
      returning id
    )${pieces ?? part``}, clock as (
      update device set skew = ${JSON.stringify(event.clock)}::jsonb,
        heard_at = greatest(heard_at, ${event.receivedAt})
      where id = ${event.deviceId}
      returning id
    )
    select exists (select from recorded) as recorded, ${told}`;
}
