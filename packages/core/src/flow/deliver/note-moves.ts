/** Who has the console open sees a review move and a session close. Goes last in the transaction of the move. */
import type { Tx } from "../../db/index.ts";
import type { Review } from "../../review/index.ts";
import type { ReviewState } from "../../review/wire.ts";
import type { Session } from "../../session/index.ts";
import * as Stream from "../../stream/index.ts";

export async function noteReview(
  tx: Tx,
  { id, accountId, sessionId }: Pick<Review, "id" | "accountId" | "sessionId">,
  state: ReviewState,
  at: Date,
): Promise<void> {
  await Stream.append(tx, { accountId, kind: "review", subject: id, detail: { state, sessionId }, at });
}

export async function noteClosed(
  tx: Tx,
  { id, accountId, siteId, assessment }: Pick<Session, "id" | "accountId" | "siteId" | "assessment">,
  at: Date,
): Promise<void> {
  const detail = { state: "closed", level: assessment.level, siteId };
  await Stream.append(tx, { accountId, kind: "session", subject: id, detail, at });
}
