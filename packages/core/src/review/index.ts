/** Deep reviews: found, listed and moved from state to state by compare-and-set. */
import { and, asc, eq, gt, inArray } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import { problem } from "../problem.ts";
import { session } from "../session/session.sql.ts";
import { review, reviewMoment } from "./review.sql.ts";
import { sourcesOf } from "./state.ts";
import type { ReviewState } from "./wire.ts";

export { isSigned as isSignedJob, sign as signJob } from "./job-signature.ts";
export {
  deferMoments,
  listDeferred,
  listMoments,
  listMomentsOf,
  type ReviewedMoment,
  startAddendum,
} from "./moments.ts";
export { type Candidate, type Selection, selectMoments } from "./select-moments.ts";

export type Review = typeof review.$inferSelect;

/** @throws `not-found` */
export async function get(tx: Tx, id: string): Promise<Review> {
  const [found] = await tx.select().from(review).where(eq(review.id, id));
  if (!found) throw problem("not-found", `no review ${id}`);
  return found;
}

/** Records a review with the moments that its first job looks at, and those that wait for an addendum. */
export async function record(
  tx: Tx,
  created: Review,
  { chosen, deferred }: { chosen: readonly { id: string }[]; deferred: readonly { id: string }[] },
): Promise<void> {
  await tx.insert(review).values(created);
  const named = (part: number | null) => (moment: { id: string }) => ({
    accountId: created.accountId,
    reviewId: created.id,
    momentId: moment.id,
    part,
  });
  await tx.insert(reviewMoment).values([...chosen.map(named(0)), ...deferred.map(named(null))]);
}

/** The review that a session has under way or done. */
export async function findOfSession(tx: Tx, sessionId: string): Promise<Review | undefined> {
  const [found] = await tx
    .select()
    .from(review)
    .where(and(eq(review.sessionId, sessionId), inArray(review.state, ["queued", "running", "completed"])));
  return found;
}

/** Reviews of a site's sessions, in the order of their ids, after one. */
export async function listOfSite(
  tx: Tx,
  { siteId, after, countMax }: { siteId: string; after: string | null; countMax: number },
): Promise<Review[]> {
  const rows = await tx
    .select({ review })
    .from(review)
    .innerJoin(session, eq(session.id, review.sessionId))
    .where(and(eq(session.siteId, siteId), after === null ? undefined : gt(review.id, after)))
    .orderBy(asc(review.id))
    .limit(countMax);
  return rows.map((row) => row.review);
}

/** Moves a review to `to` if it may go there from where it is. @returns whether it moved */
export async function move(
  tx: Tx,
  id: string,
  to: ReviewState,
  change: Partial<Pick<Review, "finishedAt" | "failure" | "failures" | "reasons">> = {},
): Promise<boolean> {
  const moved = await tx
    .update(review)
    .set({ state: to, ...change })
    .where(and(eq(review.id, id), inArray(review.state, sourcesOf(to))))
    .returning({ id: review.id });
  return moved.length > 0;
}

/** A try failed and another follows: the review stays where it is. */
export async function noteFailure(tx: Tx, id: string, failures: number, reason: string): Promise<void> {
  await tx.update(review).set({ failures, failure: reason }).where(eq(review.id, id));
}
