/** The one statement that records many events of one device, the sessions that they open or join, and their moments. */
import { part, type Queryable } from "../db/index.ts";
import { rank } from "../level.ts";
import type { NewEvent, SessionChoice } from "./record.ts";

export type ChosenEvent = { event: NewEvent; choice: SessionChoice };

/**
 * Inside a transaction that holds the site and every session that is joined.
 * @param batch.events in the order of their judgement, of the device
 * @param batch.clock what is known of the device's clock by now
 * @returns false when an event was recorded meanwhile by another request of the device: roll back, and look again
 */
export async function recordAll(
  sql: Queryable,
  batch: { deviceId: string; events: readonly ChosenEvent[]; clock: Readonly<Record<string, unknown>> },
): Promise<boolean> {
  const { deviceId, events } = batch;
  const clock = part`update device set skew = ${JSON.stringify(batch.clock)}::jsonb where id = ${deviceId}`;
  const [first] = events;
  if (!first) {
    await sql`${clock}`;
    return true;
  }
  const { accountId, siteId } = first.event;
  const sessions = sessionRows(events);
  const ofKind = (isNew: boolean) =>
    JSON.stringify(sessions.flatMap((session) => (session.isNew === isNew ? [session.row] : [])));
  const [row] = await sql<{ recorded: number }[]>`with opened as (
      insert into session (id, account_id, site_id, state, first_event_at, last_event_at, opened_at, last_received_at,
        closes_at, level_rank, score, assessment)
      select s.id, ${accountId}, ${siteId}, 'open', s.first, s.last, s.opened, s.received, s.closes, s.rank, s.score, s.assessment
      from jsonb_to_recordset(${ofKind(true)}::jsonb) as s (id text, first timestamptz, last timestamptz,
        opened timestamptz, received timestamptz, closes timestamptz, rank int, score real, assessment jsonb)
      returning 1
    ), turn as (
      update site set sessions_opened = sessions_opened + (select count(*)::int from opened)
      where id = ${siteId} and exists (select from opened)
    ), joined as (
      update session set
        first_event_at = least(first_event_at, s.first),
        last_event_at = greatest(last_event_at, s.last),
        last_received_at = greatest(last_received_at, s.received),
        closes_at = case when state = 'open' then greatest(closes_at, s.closes) else closes_at end,
        level_rank = greatest(level_rank, s.rank),
        assessment = case when s.score > session.score then s.assessment else session.assessment end,
        score = greatest(session.score, s.score)
      from jsonb_to_recordset(${ofKind(false)}::jsonb) as s (id text, first timestamptz, last timestamptz,
        received timestamptz, closes timestamptz, rank int, score real, assessment jsonb)
      where session.id = s.id
    ), recorded as (
      insert into event (id, account_id, site_id, device_id, session_id, client_id, fingerprint, type, zone, mode, confidence,
        attributes, reported_at, occurred_at, received_at, sealed_at, announcing_until, follow_up_at, assessment)
      select e.id, ${accountId}, ${siteId}, ${deviceId}, e.session, e.client, decode(e.fingerprint, 'hex'), e.type, e.zone, e.mode,
        e.confidence, e.attributes, e.reported, e.occurred, e.received, e.sealed, e.announcing, e.followup, e.assessment
      from jsonb_to_recordset(${JSON.stringify(events.map(eventRow))}::jsonb) as e (id text, session text, client text,
        fingerprint text, type text, zone text, mode text, confidence real, attributes jsonb, reported timestamptz,
        occurred timestamptz, received timestamptz, sealed timestamptz, announcing timestamptz,
        followup timestamptz, assessment jsonb)
      on conflict (device_id, client_id) do nothing
      returning id
    ), pieces as (
      insert into moment (id, account_id, event_id, name, content_type, bytes, sha256, captured_at, state)
      select m.id, ${accountId}, recorded.id, m.name, m."contentType", m.bytes, m.sha256, m."capturedAt", m.state
      from jsonb_to_recordset(${JSON.stringify(events.flatMap(momentRows))}::jsonb) as m (event text, id text, name text,
        "contentType" text, bytes int, sha256 text, "capturedAt" timestamptz, state text)
      join recorded on recorded.id = m.event
    ), clock as (
      ${clock}
    )
    select count(*)::int as recorded from recorded`;
  return row?.recorded === events.length;
}

function eventRow({ event, choice }: ChosenEvent) {
  return {
    id: event.id,
    session: choice.sessionId,
    client: event.clientId,
    fingerprint: Buffer.from(event.fingerprint).toString("hex"),
    type: event.type,
    zone: event.zone,
    mode: event.mode,
    confidence: event.confidence,
    attributes: event.attributes,
    reported: event.reportedAt,
    occurred: event.occurredAt,
    received: event.receivedAt,
    sealed: event.sealed ? event.receivedAt : null,
    announcing: event.announcingUntil,
    followup: event.toFollowUp ? event.receivedAt : null,
    assessment: event.assessment,
  };
}

function momentRows({ event }: ChosenEvent) {
  return event.moments.map((moment) => ({ ...moment, event: event.id }));
}

/** Each session by what these events make of it. What weighs most tells what it is; of equals, the first. */
function sessionRows(events: readonly ChosenEvent[]) {
  const groups = Map.groupBy(events, ({ choice }) => choice.sessionId);
  return [...groups.values()].flatMap((group) => {
    const [opener] = group;
    if (!opener) return [];
    const weightiest = group.reduce((most, one) =>
      one.event.assessment.score > most.event.assessment.score ? one : most,
    );
    const times = group.map(({ event }) => event.occurredAt.getTime());
    const row = {
      id: opener.choice.sessionId,
      first: new Date(Math.min(...times)),
      last: new Date(Math.max(...times)),
      opened: opener.event.receivedAt,
      received: latest(group.map(({ event }) => event.receivedAt)),
      closes: latest(group.map(({ choice }) => choice.closesAt)),
      rank: Math.max(...group.map(({ event }) => rank(event.assessment.level))),
      score: weightiest.event.assessment.score,
      assessment: weightiest.event.assessment,
    };
    return [{ isNew: opener.choice.kind === "open", row }];
  });
}

function latest(dates: readonly Date[]): Date {
  return new Date(Math.max(...dates.map((date) => date.getTime())));
}
