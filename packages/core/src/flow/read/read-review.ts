/** A review as a member reads it. */
import { type Database, inAccount } from "../../db/index.ts";
import * as Digest from "../../digest/index.ts";
import { queue as limits } from "../../limits.ts";
import * as Review from "../../review/index.ts";
import type { ReviewView } from "../../review/wire.ts";
import type { Services } from "../services.ts";

/** @throws `not-found` */
export async function getReview(
  services: Services,
  { accountId, id }: { accountId: string; id: string },
): Promise<ReviewView> {
  const { found, digestId } = await inAccount(services.database, accountId, async (tx) => {
    const review = await Review.get(tx, id);
    const written = await Digest.findOfReview(tx, id);
    return { found: review, digestId: written?.id };
  });
  const position = found.state === "queued" ? await positionOf(services.database, id) : undefined;
  return {
    id: found.id,
    sessionId: found.sessionId,
    state: found.state,
    k: found.k,
    queue: found.queue,
    reasons: found.reasons,
    requestedAt: found.requestedAt.toISOString(),
    ...(position === undefined ? {} : { queuePosition: position }),
    ...(digestId === undefined ? {} : { digestId }),
    ...(found.state === "failed" && found.failure !== null ? { failure: found.failure } : {}),
  };
}

/** How many reviews of the same queue were asked for before, counted up to a bound. */
async function positionOf(database: Database, id: string): Promise<number> {
  const [row] = await database.sql<
    { position: number }[]
  >`select queue_position(${id}, ${limits.countedMax})::int as position`;
  return row?.position ?? 0;
}
