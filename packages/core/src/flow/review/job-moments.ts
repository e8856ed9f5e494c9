/** The moments of a job with fresh URLs. The URLs live at most 60 s and are never stored. */
import { and, eq } from "drizzle-orm";
import type { Tx } from "../../db/index.ts";
import { event } from "../../event/event.sql.ts";
import { moment } from "../../evidence/evidence.sql.ts";
import { evidenceKey } from "../../evidence/index.ts";
import { evidence as limits } from "../../limits.ts";
import { reviewMoment } from "../../review/review.sql.ts";
import type { JobMoment } from "../../review/wire.ts";
import type { Services } from "../services.ts";

export type ReviewedMoment = {
  moment: typeof moment.$inferSelect;
  event: typeof event.$inferSelect;
  part: number | null;
};

/** The moments of a review, in the order of time; those of one part when `part` is given. */
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

export async function withUrl(
  services: Services,
  { moment: piece, event: reported }: ReviewedMoment,
): Promise<JobMoment> {
  const key = evidenceKey(piece.accountId, piece.eventId, piece.id);
  const { url, expiresAt } = await services.blobs.presignGet({ key, seconds: limits.urlSecondsMax });
  return {
    id: piece.id,
    url,
    expiresAt: expiresAt.toISOString(),
    sha256: piece.sha256,
    bytes: piece.bytes,
    contentType: piece.contentType,
    capturedAt: piece.capturedAt.toISOString(),
    deviceId: reported.deviceId,
    zone: reported.zone,
  };
}
