/** A session has fallen silent: it is judged as a whole, and asks for its review. */
import { eq } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import { inAccount } from "../../db/index.ts";
import { event } from "../../event/event.sql.ts";
import * as Review from "../../review/index.ts";
import * as Session from "../../session/index.ts";
import type { Services } from "../services.ts";
import { deferLateMoments } from "./defer-moments.ts";
import { dispatchJobs } from "./dispatch-jobs.ts";
import { judgeSession } from "./judge-session.ts";
import { requestOwed } from "./request-review.ts";
import { recentLoad } from "./system-load.ts";

/** `closed` now or before; otherwise when it is due. `missing` when there is no such session. */
export type Closing = { kind: "closed" } | { kind: "not-due"; closesAt: Date } | { kind: "missing" };

/** Closes the session if it is due. Closing and asking for the review are one transaction: neither happens alone. */
export async function closeSession(services: Services, sessionId: string): Promise<Closing> {
  const [owner] = await services.database.sql<
    { id: string | null }[]
  >`select account_of_session(${sessionId}) as id`;
  const accountId = owner?.id;
  if (!accountId) return { kind: "missing" };
  const load = await recentLoad(services);
  const { closing, requested } = await inAccount(services.database, accountId, async (tx) => {
    const now = services.clock.now();
    const account = await Account.lock(tx, accountId);
    // An event that joins at this moment waits for the lock, finds the session closed, and looks again.
    const found = await Session.lock(tx, sessionId);
    if (!found) return { closing: { kind: "missing" } as const, requested: false };
    if (found.state === "closed") return { closing: { kind: "closed" } as const, requested: false };
    if (found.closesAt > now)
      return { closing: { kind: "not-due", closesAt: found.closesAt } as const, requested: false };
    const closed = await judgeSession(tx, found, account.timeZone, now);
    const existing = await Review.findOfSession(tx, sessionId);
    if (existing) {
      // A life-safety event asked for it while the session was open: what came since then is still to be looked at.
      await deferLateMoments(tx, account, { reviewId: existing.id, which: eq(event.sessionId, sessionId) });
      return { closing: { kind: "closed" } as const, requested: false };
    }
    const origin = closed.assessment.lifeSafety ? "life-safety" : "session-closed";
    const created = await requestOwed(services, tx, { session: closed, origin, load });
    return { closing: { kind: "closed" } as const, requested: created };
  });
  if (requested) await dispatchJobs(services);
  return closing;
}
