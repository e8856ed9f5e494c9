/** What stood before a camera when it was last looked at: a parked car is told once, and again when it has left. */
import { and, desc, eq, gte, lt, ne } from "drizzle-orm";
import type { Tx } from "../../db/index.ts";
import { digest } from "../../digest/digest.sql.ts";
import * as Digest from "../../digest/index.ts";
import * as Review from "../../review/index.ts";

/** A camera that was not looked at for so long remembers nothing. */
const rememberedMs = 7 * 24 * 60 * 60 * 1000;
const digestsMax = 5;

/** By camera, what its pictures of the digest before this one show. */
export async function listFamiliar(
  tx: Tx,
  asked: { siteId: string; reviewId: string; before: Date; deviceIds: readonly string[] },
): Promise<Map<string, Digest.Familiar[]>> {
  const earlier = await tx
    .select({ reviewId: digest.reviewId })
    .from(digest)
    .where(
      and(
        eq(digest.siteId, asked.siteId),
        ne(digest.reviewId, asked.reviewId),
        lt(digest.occurredAt, asked.before),
        gte(digest.occurredAt, new Date(asked.before.getTime() - rememberedMs)),
      ),
    )
    .orderBy(desc(digest.occurredAt))
    .limit(digestsMax);
  const familiar = new Map<string, Digest.Familiar[]>();
  const missing = new Set(asked.deviceIds);
  for (const { reviewId } of earlier) {
    if (missing.size === 0) {
      break;
    }
    const moments = await Review.listMoments(tx, reviewId);
    const findings = Digest.findingsOf(
      await Digest.listReports(tx, reviewId),
      moments.map((row) => row.moment.id),
    );
    for (const [deviceId, own] of Map.groupBy(moments, (row) => row.event.deviceId)) {
      const shown = own.flatMap((row) => findings.get(row.moment.id)?.detections ?? []);
      const looked = own.some((row) =>
        ["reviewed", "early_exit"].includes(findings.get(row.moment.id)?.outcome ?? ""),
      );
      if (looked && missing.delete(deviceId)) {
        familiar.set(deviceId, shown);
      }
    }
  }
  return familiar;
}
