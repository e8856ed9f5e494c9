import * as Digest from "../../digest/index.ts";
import type { DigestReport } from "../../digest/wire.ts";
import type * as Review from "../../review/index.ts";

/** The moments of a review with what its reports say of each; one that none covers is still deferred. */
export function lookedAt(
  moments: readonly Review.ReviewedMoment[],
  reports: readonly DigestReport[],
): Digest.Moment[] {
  const findings = Digest.findingsOf(
    reports,
    moments.map((row) => row.moment.id),
  );
  return moments.map((row) => ({
    id: row.moment.id,
    eventId: row.event.id,
    capturedAt: row.moment.capturedAt,
    zone: row.event.zone,
    deviceId: row.event.deviceId,
    eventType: row.event.type,
    confidence: row.event.confidence,
    finding: findings.get(row.moment.id) ?? {
      id: row.moment.id,
      outcome: "deferred" as const,
      detections: [],
    },
  }));
}
