/** Evidence became ready: does its session owe a review, or the review that it had an addendum? */
import { eq } from "drizzle-orm";
import { inAccount, type Tx } from "../db/index.ts";
import { event } from "../event/event.sql.ts";
import { isLifeSafety } from "../event/wire.ts";
import * as Review from "../review/index.ts";
import { session } from "../session/session.sql.ts";
import { dispatchJobs } from "./dispatch-jobs.ts";
import { deferLateMoments, requestOwed } from "./request-review.ts";
import type { Services } from "./services.ts";
import { measureLoad } from "./system-load.ts";

type Session = typeof session.$inferSelect;

/** An event of a session that is still open, and that threatens no life, simply waits for the session to close. */
export async function evidenceReady(services: Services, accountId: string, eventId: string): Promise<void> {
  if (!(await inAccount(services.database, accountId, (tx) => whatIsOwed(tx, eventId)))) return;
  const load = await measureLoad(services);
  const requested = await inAccount(services.database, accountId, async (tx) => {
    const owed = await whatIsOwed(tx, eventId);
    if (owed?.kind === "addendum") await deferLateMoments(tx, accountId, owed.session.id);
    return owed?.kind === "review" && requestOwed(services, tx, { ...owed, load });
  });
  if (requested) await dispatchJobs(services);
}

type Owed =
  | { kind: "addendum"; session: Session }
  | { kind: "review"; session: Session; origin: "life-safety" | "session-closed" };

async function whatIsOwed(tx: Tx, eventId: string): Promise<Owed | undefined> {
  const [found] = await tx
    .select({ type: event.type, mode: event.mode, session })
    .from(event)
    .innerJoin(session, eq(session.id, event.sessionId))
    .where(eq(event.id, eventId));
  if (!found) throw new Error(`expected the event ${eventId}`);
  if (await Review.findOfSession(tx, found.session.id)) return { kind: "addendum", session: found.session };
  if (isLifeSafety(found)) return { kind: "review", session: found.session, origin: "life-safety" };
  if (found.session.state === "open") return undefined;
  return { kind: "review", session: found.session, origin: "session-closed" };
}
