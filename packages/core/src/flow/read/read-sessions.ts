/** Events and sessions as members read them. */
import { and, asc, desc, eq, inArray, lt } from "drizzle-orm";
import { inAccount, type Tx } from "../../db/index.ts";
import { digest } from "../../digest/digest.sql.ts";
import { event } from "../../event/event.sql.ts";
import type { Event } from "../../event/index.ts";
import type { EventView } from "../../event/wire.ts";
import { moment } from "../../evidence/evidence.sql.ts";
import { type Page, type PageRequest, pageOf } from "../../page.ts";
import { problem } from "../../problem.ts";
import { review } from "../../review/review.sql.ts";
import type { Session } from "../../session/index.ts";
import { session } from "../../session/session.sql.ts";
import type { SessionSummary, SessionView } from "../../session/wire.ts";
import type { Services } from "../services.ts";

export async function listSessions(
  services: Services,
  { accountId, limit, before }: PageRequest & { accountId: string },
): Promise<Page<SessionSummary>> {
  return inAccount(services.database, accountId, async (tx) => {
    const rows = await selectSessions(tx)
      .where(before === undefined ? undefined : lt(session.id, before))
      .orderBy(desc(session.id))
      .limit(limit + 1);
    return pageOf(rows.map(summarise), limit);
  });
}

/** @throws `not-found` */
export async function getSession(
  services: Services,
  { accountId, id }: { accountId: string; id: string },
): Promise<SessionView> {
  return inAccount(services.database, accountId, async (tx) => {
    const [row] = await selectSessions(tx).where(eq(session.id, id));
    if (!row) throw problem("not-found", `no session ${id}`);
    const events = await tx
      .select()
      .from(event)
      .where(eq(event.sessionId, id))
      .orderBy(asc(event.occurredAt))
      .limit(500);
    return { ...summarise(row), events: await withEvidence(tx, events) };
  });
}

export async function listEvents(
  services: Services,
  { accountId, limit, before }: PageRequest & { accountId: string },
): Promise<Page<EventView>> {
  return inAccount(services.database, accountId, async (tx) => {
    const rows = await tx
      .select()
      .from(event)
      .where(before === undefined ? undefined : lt(event.id, before))
      .orderBy(desc(event.id))
      .limit(limit + 1);
    return pageOf(await withEvidence(tx, rows), limit);
  });
}

function selectSessions(tx: Tx) {
  return tx
    .select({ session, reviewId: review.id, digestId: digest.id })
    .from(session)
    .leftJoin(
      review,
      and(eq(review.sessionId, session.id), inArray(review.state, ["queued", "running", "completed"])),
    )
    .leftJoin(digest, eq(digest.reviewId, review.id))
    .$dynamic();
}

type Row = { session: Session; reviewId: string | null; digestId: string | null };

function summarise({ session: row, reviewId, digestId }: Row): SessionSummary {
  return {
    id: row.id,
    siteId: row.siteId,
    state: row.state,
    firstEventAt: row.firstEventAt.toISOString(),
    lastEventAt: row.lastEventAt.toISOString(),
    level: row.assessment.level,
    assessment: row.assessment,
    reviewId,
    digestId,
  };
}

async function withEvidence(tx: Tx, events: Event[]): Promise<EventView[]> {
  const ids = events.map((row) => row.id);
  const pieces = ids.length === 0 ? [] : await tx.select().from(moment).where(inArray(moment.eventId, ids));
  const byEvent = Map.groupBy(pieces, (piece) => piece.eventId);
  return events.map((row) => ({
    id: row.id,
    clientId: row.clientId,
    deviceId: row.deviceId,
    siteId: row.siteId,
    sessionId: row.sessionId,
    type: row.type,
    zone: row.zone,
    mode: row.mode,
    confidence: row.confidence,
    attributes: row.attributes,
    occurredAt: row.occurredAt.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
    level: row.assessment.level,
    assessment: row.assessment,
    sealed: row.sealedAt !== null,
    evidence: (byEvent.get(row.id) ?? []).map(({ id, name, contentType, bytes, state }) => ({
      momentId: id,
      name,
      contentType,
      bytes,
      state,
    })),
  }));
}
