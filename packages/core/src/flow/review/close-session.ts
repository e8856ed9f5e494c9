/** A session has fallen silent: it is judged as a whole, and asks for its review. */
import { eq } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import { event } from "../../event/event.sql.ts";
import * as Review from "../../review/index.ts";
import * as Session from "../../session/index.ts";
import { afterCommit } from "../after-commit.ts";
import { noteClosed } from "../deliver/note-moves.ts";
import type { Services } from "../services.ts";
import { type Load, recentLoad } from "../system-load.ts";
import { deferLateMoments } from "./defer-moments.ts";
import { dispatchJobs } from "./dispatch-jobs.ts";
import { joinIncident } from "./join-incident.ts";
import { judgeSession } from "./judge-session.ts";
import { joinNeighbours } from "./regroup-sessions.ts";
import { requestOwed } from "./request-review.ts";

/** `closed` now or before; otherwise when it is due. `missing` when there is no such session. */
export type Closing = { kind: "closed" } | { kind: "not-due"; closesAt: Date } | { kind: "missing" };
type Outcome = { closing: Closing; requested: boolean };

/** Closes the session if it is due. Closing and asking for the review are one transaction: neither happens alone. */
export async function closeSession(services: Services, sessionId: string): Promise<Closing> {
  const [owner] = await services.database.sql<
    { id: string | null }[]
  >`select account_of_session(${sessionId}) as id`;
  const accountId = owner?.id;
  if (!accountId) return { kind: "missing" };
  const load = await recentLoad(services);
  const { closing, requested } = await inAccount(services.database, accountId, async (tx) => {
    const account = await Account.lock(tx, accountId);
    return close(services, tx, account, { sessionId, load });
  });
  if (requested) await afterCommit(services, "dispatch", () => dispatchJobs(services));
  return closing;
}

async function close(
  services: Services,
  tx: Tx,
  account: Account.Account,
  { sessionId, load }: { sessionId: string; load: Load },
): Promise<Outcome> {
  const now = services.clock.now();
  const due = await findDue(tx, sessionId, now);
  if (due.kind !== "due") return { closing: due, requested: false };
  // Events that came at the same time may have opened sessions beside each other.
  const around = { siteId: due.session.siteId, around: due.session.firstEventAt, load };
  const joined = await joinNeighbours(services, tx, account, around);
  const found = joined.merged ? await findDue(tx, sessionId, now) : due;
  if (found.kind !== "due") return { closing: found, requested: joined.requested };
  const closed = await judgeSession(tx, found.session, account.timeZone, now);
  const existing = await Review.findOfSession(tx, closed.id);
  if (existing) {
    // A life-safety event asked for it while the session was open: what came since then is still to be looked at.
    await deferLateMoments(tx, account, { reviewId: existing.id, which: eq(event.sessionId, closed.id) });
    await noteClosed(tx, closed, now);
    return { closing: { kind: "closed" }, requested: joined.requested };
  }
  const incident = await joinIncident(services, tx, account, { closed, load });
  if (incident) return { closing: { kind: "closed" }, requested: incident.requested || joined.requested };
  const origin = closed.assessment.lifeSafety ? "life-safety" : "session-closed";
  const created = await requestOwed(services, tx, { session: closed, origin, load });
  await noteClosed(tx, closed, now);
  return { closing: { kind: "closed" }, requested: created || joined.requested };
}

type Due = Closing | { kind: "due"; session: Session.Session };

/** An event that joins at this moment waits for the lock, finds the session closed, and looks again. */
async function findDue(tx: Tx, sessionId: string, now: Date): Promise<Due> {
  const found = await Session.lock(tx, sessionId);
  if (!found) return { kind: "missing" };
  if (found.state === "closed") return { kind: "closed" };
  return found.closesAt > now
    ? { kind: "not-due", closesAt: found.closesAt }
    : { kind: "due", session: found };
}
