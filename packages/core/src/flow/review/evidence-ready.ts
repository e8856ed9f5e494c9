/** An event is recorded, or its evidence became ready: is somebody to be told, and does its session owe a look? */
import { eq } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import { event } from "../../event/event.sql.ts";
import * as Event from "../../event/index.ts";
import { isLifeSafety } from "../../event/wire.ts";
import * as Review from "../../review/index.ts";
import type * as Session from "../../session/index.ts";
import { session } from "../../session/session.sql.ts";
import { afterCommit } from "../after-commit.ts";
import { dispatchDeliveries } from "../deliver/dispatch-deliveries.ts";
import { tellAssessment } from "../deliver/tell-assessment.ts";
import type { Services } from "../services.ts";
import { recentLoad } from "../system-load.ts";
import { appendAddendum, deferLateMoments } from "./defer-moments.ts";
import { dispatchJobs } from "./dispatch-jobs.ts";
import { requestOwed } from "./request-review.ts";
import { rewriteDigest } from "./rewrite-digest.ts";

/**
 * Tells what threatens life, and decides what the ready evidence of an event asks for, once: whoever made it ready marked
 * the event, and this clears the mark in the transaction of the decision. An event of a session that is still open, and that threatens no life, asks for
 * nothing: its session will close.
 */
export async function evidenceReady(services: Services, accountId: string, eventId: string): Promise<void> {
  const { owed, told } = await inAccount(services.database, accountId, async (tx) => {
    const found = await whatIsOwed(tx, eventId);
    const isTold = await tellAssessment(services, tx, eventId);
    if (!found) await Event.settleFollowUp(tx, eventId);
    return { owed: found, told: isTold };
  });
  if (told) await afterCommit(services, "dispatch deliveries", () => dispatchDeliveries(services));
  if (!owed) return;
  const load = await recentLoad(services);
  const requested = await inAccount(services.database, accountId, async (tx) => {
    // The account comes before the session, as wherever both are locked.
    const account = await Account.lock(tx, accountId);
    const now = await whatIsOwed(tx, eventId);
    await Event.settleFollowUp(tx, eventId);
    if (now?.kind !== "addendum") return now !== undefined && requestOwed(services, tx, { ...now, load });
    await deferLateMoments(tx, account, { reviewId: now.reviewId, which: eq(event.id, eventId) });
    const urgent = await appendAddendum(services, tx, account, { reviewId: now.reviewId, urgent: true });
    // What the digest said of them, that they had not arrived, is no longer so.
    await rewriteDigest(tx, account, now.sessionId, services.clock.now());
    return urgent;
  });
  if (requested) await afterCommit(services, "dispatch", () => dispatchJobs(services));
}

type Owed =
  | { kind: "addendum"; reviewId: string; sessionId: string }
  | { kind: "review"; session: Session.Session; origin: "life-safety" | "session-closed" };

/** Waits for a session that is closing at this moment: its review was chosen from what was ready before. */
async function whatIsOwed(tx: Tx, eventId: string): Promise<Owed | undefined> {
  const [found] = await tx
    .select({ type: event.type, mode: event.mode, session })
    .from(event)
    .innerJoin(session, eq(session.id, event.sessionId))
    .where(eq(event.id, eventId))
    .for("share", { of: session });
  if (!found) throw new Error(`expected the event ${eventId}`);
  const review = await Review.findOfSession(tx, found.session.id);
  if (review) return { kind: "addendum", reviewId: review.id, sessionId: found.session.id };
  if (isLifeSafety(found)) return { kind: "review", session: found.session, origin: "life-safety" };
  if (found.session.state === "open") return undefined;
  return { kind: "review", session: found.session, origin: "session-closed" };
}
