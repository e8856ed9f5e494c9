/**
 * Many closed sessions at once, with evidence that is ready, as if their events had come and gone; and the reviews of
 * them, as if they had been asked for. For tests and benchmarks that need thousands: planted by the owner of the tables
 * in a few statements.
 */
import type { Queryable, Sql } from "../src/db/index.ts";
import * as Id from "../src/id.ts";
import type { SeededAccount } from "../src/seed/index.ts";

export type Planting = {
  sessions: number;
  /** Images of each session, of one camera, a second apart. */
  moments: number;
  /** When the first session began; each of the others a minute earlier than the one before. */
  at: Date;
};

const assessment = {
  level: "standard",
  score: 0.5,
  summary: "Somebody at the front door.",
  reasons: [],
  recommendation: "Look at the pictures.",
  tone: "attentive",
  lifeSafety: false,
};

/** They would take most of the time, and every reference is made here. */
async function withoutReferenceChecks(sql: Queryable): Promise<void> {
  await sql`set local session_replication_role = replica`;
}

/** As autovacuum would have done by the time that so many rows had come one by one. */
async function refreshStatistics(owner: Sql, rows: number): Promise<void> {
  if (rows >= 100) await owner`analyze`;
}

/** @returns the ids of the sessions */
export async function plantSessions(
  owner: Sql,
  account: Pick<SeededAccount, "accountId" | "siteId" | "deviceId">,
  { sessions, moments, at }: Planting,
): Promise<string[]> {
  const rows = Array.from({ length: sessions }, (_, index) => ({
    session: Id.create("session"),
    event: Id.create("event"),
    began: new Date(at.getTime() - index * 60_000).toISOString(),
    pieces: Array.from({ length: moments }, () => Id.create("moment")),
  }));
  const { accountId, siteId, deviceId } = account;
  const judged = JSON.stringify(assessment);
  await owner.begin(async (sql) => {
    await withoutReferenceChecks(sql);
    await sql`create temp table planted on commit drop as
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
        as row (session text, event text, began timestamptz, pieces jsonb)`;
    await sql`insert into session (id, account_id, site_id, state, first_event_at, last_event_at, opened_at,
        last_received_at, closes_at, closed_at, level_rank, score, assessment)
      select session, ${accountId}, ${siteId}, 'closed', began, began, began, began, began, began, 1, 0.5, ${judged}::text::jsonb
      from planted`;
    await sql`insert into event (id, account_id, site_id, device_id, session_id, client_id, fingerprint, type, zone,
        confidence, attributes, reported_at, occurred_at, received_at, sealed_at, assessment)
      select event, ${accountId}, ${siteId}, ${deviceId}, session, event, 'planted', 'person', 'front_door',
        0.9, '{}', began, began, began, began, ${judged}::text::jsonb
      from planted`;
    await sql`insert into moment (id, account_id, event_id, name, content_type, bytes, sha256, captured_at, state)
      select piece, ${accountId}, event, piece || '.jpg', 'image/jpeg', 1000,
        encode(sha256(piece::bytea), 'hex'), began + place * interval '1 second', 'ready'
      from planted, jsonb_array_elements_text(pieces) with ordinality as each (piece, place)`;
  });
  await refreshStatistics(owner, rows.length);
  return rows.map((row) => row.session);
}

/**
 * A review of each of these sessions that looks at all of its moments and waits in the standard queue, as one that found
 * the bucket of its account empty.
 * @returns the ids of the reviews
 */
export async function plantReviews(
  owner: Sql,
  { accountId }: Pick<SeededAccount, "accountId">,
  sessions: readonly string[],
  at: Date,
): Promise<string[]> {
  const rows = sessions.map((session) => ({
    session,
    review: Id.create("review"),
    claim: Id.create("claim"),
    outbox: Id.create("outbox"),
  }));
  await owner.begin(async (sql) => {
    await withoutReferenceChecks(sql);
    await sql`create temp table asked on commit drop as
      select row.*, (select count(*) from moment m join event e on e.id = m.event_id where e.session_id = row.session)::int as moments
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row (session text, review text, claim text, outbox text)`;
    await sql`insert into review (id, account_id, session_id, state, origin, queue, k, reasons, requested_at)
      select review, ${accountId}, session, 'queued', 'session-closed', 'standard', 20, '[]', ${at} from asked`;
    await sql`insert into review_moment (account_id, review_id, moment_id, part)
      select ${accountId}, review, m.id, 0 from asked join event e on e.session_id = session join moment m on m.event_id = e.id`;
    await sql`insert into quota_claim (id, account_id, review_id, basis, state, claimed_at)
      select claim, ${accountId}, review, 'overflow', 'claimed', ${at} from asked`;
    await sql`insert into outbox (id, account_id, review_id, part, queue, urgency, moments, created_at)
      select outbox, ${accountId}, review, 0, 'standard', 1, moments, ${at} from asked`;
    // Triggers rest with the references.
    await sql`insert into backlog as b (account_id, queue, jobs, moments)
      select ${accountId}, 'standard', count(*), coalesce(sum(moments), 0) from asked
      on conflict (account_id, queue) do update set jobs = b.jobs + excluded.jobs, moments = b.moments + excluded.moments`;
  });
  await refreshStatistics(owner, rows.length);
  return rows.map((row) => row.review);
}
