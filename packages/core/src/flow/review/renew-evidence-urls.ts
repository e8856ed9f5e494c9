/** A job waited longer than its URLs live: the worker gets fresh ones for moments that its job names. */
import { inAccount } from "../../db/index.ts";
import * as Outbox from "../../outbox/index.ts";
import { problem } from "../../problem.ts";
import * as Review from "../../review/index.ts";
import type { EvidenceUrls } from "../../worker/wire.ts";
import type { Services } from "../services.ts";
import { ownerOfReview } from "./owner-of-review.ts";
import { presignMoment } from "./presign-moment.ts";

/** @throws `not-found`; `review-not-wanted` when nobody waits for it any more */
export async function renewEvidenceUrls(
  services: Services,
  { reviewId, momentIds }: { reviewId: string; momentIds: readonly string[] },
): Promise<EvidenceUrls> {
  const accountId = await ownerOfReview(services, reviewId);
  const { rows, open } = await inAccount(services.database, accountId, async (tx) => {
    const found = await Review.get(tx, reviewId);
    if (found.state === "failed" || found.state === "cancelled") {
      throw problem("review-not-wanted", `review ${reviewId} is ${found.state}`);
    }
    return { rows: await Review.listMoments(tx, reviewId), open: await Outbox.listOpenParts(tx, reviewId) };
  });
  const named = new Map(rows.filter((row) => row.part !== null).map((row) => [row.moment.id, row]));
  // A job may be delivered twice: whoever comes second does not look at everything again.
  const parts = momentIds.flatMap((id) => named.get(id)?.part ?? []);
  if (parts.length > 0 && !parts.some((part) => open.includes(part))) {
    throw problem("review-not-wanted", `part ${parts[0]} of review ${reviewId} has ended`);
  }
  const moments = await Promise.all(
    momentIds.map(async (id) => {
      const row = named.get(id);
      if (!row) throw problem("not-found", `review ${reviewId} names no moment ${id}`);
      const { url, expiresAt } = await presignMoment(services, row);
      return { id, url, expiresAt };
    }),
  );
  return { moments };
}
