/** What is to be expected of sessions: their reviews, and whether a digest comes. */
import { eq, inArray, sql } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import type { Tx } from "../../db/index.ts";
import { digest } from "../../digest/digest.sql.ts";
import { type DigestOutlook, foresee } from "../../digest-outlook.ts";
import { event } from "../../event/event.sql.ts";
import { moment } from "../../evidence/evidence.sql.ts";
import * as Quota from "../../quota/index.ts";
import { review } from "../../review/review.sql.ts";
import { session } from "../../session/session.sql.ts";
import type { Services } from "../services.ts";
import { findHeldBack } from "../source/gate-session.ts";

/** `reviewId`: under way or done. */
export type Outlook = { reviewId: string | null; digestId: string | null; digest: DigestOutlook };

/** By session. Six statements, however many sessions. */
export async function listOutlooks(
  services: Services,
  tx: Tx,
  accountId: string,
  sessionIds: readonly string[],
): Promise<Map<string, Outlook>> {
  if (sessionIds.length === 0) return new Map();
  const ids = [...sessionIds];
  const sessions = await tx.select().from(session).where(inArray(session.id, ids));
  const reviews = await tx
    .select({ sessionId: review.sessionId, id: review.id, state: review.state, digestId: digest.id })
    .from(review)
    .leftJoin(digest, eq(digest.reviewId, review.id))
    .where(inArray(review.sessionId, ids))
    .orderBy(review.id);
  const pictures = await tx
    .select({
      sessionId: event.sessionId,
      ready: sql<number>`(count(*) filter (where ${moment.state} = 'ready'))::int`,
      announced: sql<number>`(count(*) filter (where ${moment.state} = 'announced'))::int`,
    })
    .from(moment)
    .innerJoin(event, eq(event.id, moment.eventId))
    .where(inArray(event.sessionId, ids))
    .groupBy(event.sessionId);
  const balance = await Quota.balance(tx, await Account.get(tx, accountId), services.clock.now());
  const heldBack = await findHeldBack(tx, sessions, services.clock.now());
  return new Map(
    sessions.map(({ id, state, assessment }) => {
      const latest = reviews.findLast((row) => row.sessionId === id);
      const live = latest && latest.state !== "failed" && latest.state !== "cancelled" ? latest : undefined;
      const { level, lifeSafety } = assessment;
      const decision = Quota.decide({ ...balance, lifeSafety });
      const outlook = foresee({
        open: state === "open",
        level,
        lifeSafety,
        isHeldBack: heldBack.has(id),
        reviewState: latest?.state ?? null,
        digestId: live?.digestId ?? null,
        pictures: pictures.find((row) => row.sessionId === id) ?? { ready: 0, announced: 0 },
        refusal: decision.kind === "refused" ? decision : null,
      });
      return [id, { reviewId: live?.id ?? null, digestId: live?.digestId ?? null, digest: outlook }];
    }),
  );
}
