/** The moments that a review names: part 0 is the review itself, higher parts are addenda, and the rest wait for one. */
import { and, eq, inArray, isNull, max } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import { event } from "../event/event.sql.ts";
import type { EventType, Mode } from "../event/wire.ts";
import { moment } from "../evidence/evidence.sql.ts";
import { reviewMoment } from "./review.sql.ts";

export type ReviewedMoment = {
  moment: typeof moment.$inferSelect;
  event: typeof event.$inferSelect;
  part: number | null;
};

/** In the order of time; those of one part when `part` is given. */
export async function listMoments(tx: Tx, reviewId: string, part?: number): Promise<ReviewedMoment[]> {
  const named = eq(reviewMoment.reviewId, reviewId);
  return tx
    .select({ moment, event, part: reviewMoment.part })
    .from(reviewMoment)
    .innerJoin(moment, eq(moment.id, reviewMoment.momentId))
    .innerJoin(event, eq(event.id, moment.eventId))
    .where(part === undefined ? named : and(named, eq(reviewMoment.part, part)))
    .orderBy(moment.capturedAt, moment.id);
}

/** The moments of many reviews at once, each review's in the order of time. */
export async function listMomentsOf(
  tx: Tx,
  reviewIds: readonly string[],
): Promise<{ reviewId: string; moment: ReviewedMoment["moment"] }[]> {
  if (reviewIds.length === 0) return [];
  return tx
    .select({ reviewId: reviewMoment.reviewId, moment })
    .from(reviewMoment)
    .innerJoin(moment, eq(moment.id, reviewMoment.momentId))
    .where(inArray(reviewMoment.reviewId, [...reviewIds]))
    .orderBy(moment.capturedAt, moment.id);
}

/** The moments that have no job yet, in the order of time. */
export async function listDeferred(
  tx: Tx,
  reviewId: string,
): Promise<{ momentId: string; type: EventType; mode: Mode | null }[]> {
  return tx
    .select({ momentId: reviewMoment.momentId, type: event.type, mode: event.mode })
    .from(reviewMoment)
    .innerJoin(moment, eq(moment.id, reviewMoment.momentId))
    .innerJoin(event, eq(event.id, moment.eventId))
    .where(and(eq(reviewMoment.reviewId, reviewId), isNull(reviewMoment.part)))
    .orderBy(moment.capturedAt, moment.id);
}

/** More moments join the review, and wait for an addendum. */
export async function deferMoments(
  tx: Tx,
  { accountId, reviewId, momentIds }: { accountId: string; reviewId: string; momentIds: readonly string[] },
): Promise<void> {
  await tx
    .insert(reviewMoment)
    .values(momentIds.map((momentId) => ({ accountId, reviewId, momentId, part: null })));
}

/** Gives deferred moments a part of their own. @returns its number */
export async function startAddendum(tx: Tx, reviewId: string, momentIds: readonly string[]): Promise<number> {
  const [last] = await tx
    .select({ part: max(reviewMoment.part) })
    .from(reviewMoment)
    .where(eq(reviewMoment.reviewId, reviewId));
  const part = (last?.part ?? 0) + 1;
  await tx
    .update(reviewMoment)
    .set({ part })
    .where(and(eq(reviewMoment.reviewId, reviewId), inArray(reviewMoment.momentId, [...momentIds])));
  return part;
}
