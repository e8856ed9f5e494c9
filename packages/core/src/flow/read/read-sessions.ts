/** Sessions as members read them. */
import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import { event } from "../../event/event.sql.ts";
import { session as limits } from "../../limits.ts";
import { type Page, type PageRequest, pageOf } from "../../page.ts";
import { problem } from "../../problem.ts";
import * as Session from "../../session/index.ts";
import { session } from "../../session/session.sql.ts";
import type { SessionSummary, SessionView } from "../../session/wire.ts";
import type { Days } from "../../trend/wire.ts";
import type { Services } from "../services.ts";
import { viewsOfEvents } from "./read-events.ts";
import { listOutlooks, type Outlook } from "./read-outlooks.ts";
import { withinDays } from "./within-days.ts";

const eventsMax = 500;

/** The newest first, by the time at which they happened: what a gateway sends days late takes its place among them. */
export async function listSessions(
  services: Services,
  { accountId, limit, before, ...days }: PageRequest & Days & { accountId: string },
): Promise<Page<SessionSummary>> {
  return inAccount(services.database, accountId, async (tx) => {
    const { timeZone } = await Account.get(tx, accountId);
    const rows = await selectSessions(tx)
      .where(
        and(
          isNull(session.mergedInto),
          before === undefined ? undefined : isBefore(before),
          withinDays(session.firstEventAt, days, timeZone),
        ),
      )
      .orderBy(desc(session.firstEventAt), desc(session.id))
      .limit(limit + 1);
    const ids = rows.map((row) => row.session.id);
    const outlooks = await listOutlooks(services, tx, accountId, ids);
    return pageOf(
      rows.map((row) => summarise(row, outlooks)),
      limit,
    );
  });
}

/** The session, or the one that it has become part of. @throws `not-found` */
export async function getSession(
  services: Services,
  { accountId, id }: { accountId: string; id: string },
): Promise<SessionView> {
  return inAccount(services.database, accountId, async (tx) => {
    const found = await Session.find(tx, id);
    if (!found) throw problem("not-found", `no session ${id}`);
    const [row] = await selectSessions(tx).where(eq(session.id, found.id));
    if (!row) throw new Error(`expected the session ${found.id}`);
    const events = await tx
      .select()
      .from(event)
      .where(eq(event.sessionId, found.id))
      .orderBy(asc(event.occurredAt), asc(event.id))
      .limit(eventsMax);
    const outlooks = await listOutlooks(services, tx, accountId, [found.id]);
    return { ...summarise(row, outlooks), events: await viewsOfEvents(tx, events, outlooks) };
  });
}

function isBefore(id: string) {
  return sql`(${session.firstEventAt}, ${session.id}) < (select s.first_event_at, s.id from session s where s.id = ${id})`;
}

/** A session is late when not one of its events came in time. */
function selectSessions(tx: Tx) {
  const late = sql<boolean>`not exists (select from event e where e.session_id = "session"."id"
    and e.received_at - e.occurred_at <= ${limits.lateMsMin} * interval '1 millisecond')`;
  return tx.select({ session, late }).from(session).$dynamic();
}

type Row = { session: Session.Session; late: boolean };

function summarise({ session: row, late }: Row, outlooks: ReadonlyMap<string, Outlook>): SessionSummary {
  const outlook = outlooks.get(row.id);
  if (!outlook) throw new Error(`expected the outlook of ${row.id}`);
  return {
    id: row.id,
    siteId: row.siteId,
    state: row.state,
    firstEventAt: row.firstEventAt.toISOString(),
    lastEventAt: row.lastEventAt.toISOString(),
    level: row.assessment.level,
    assessment: row.assessment,
    reviewId: outlook.reviewId,
    digestId: outlook.digestId,
    digest: outlook.digest,
    late,
  };
}
