/** Operators look at what nobody could finish, and send it once more (docs/decisions/0002-redriven-reviews.md). */
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import * as DeadLetter from "../../dead-letter/index.ts";
import type { DeadLetterView } from "../../dead-letter/wire.ts";
import * as Outbox from "../../outbox/index.ts";
import { problem } from "../../problem.ts";
import * as Review from "../../review/index.ts";
import type { ReviewView } from "../../review/wire.ts";
import { afterCommit } from "../after-commit.ts";
import { noteReview } from "../deliver/note-moves.ts";
import { getReview } from "../read/read-review.ts";
import { dispatchJobs } from "../review/dispatch-jobs.ts";
import { ownerOfReview } from "../review/owner-of-review.ts";
import type { Services } from "../services.ts";

export async function listDeadLetters(
  services: Services,
  page: { limit: number; cursor: string | undefined },
): Promise<{ items: DeadLetterView[]; nextCursor: string | null }> {
  return DeadLetter.list(services.database.sql, page);
}

const courtesy = "Sent once more by the operator, and not charged.";

/**
 * Sends every failed part of a review once more: a failed review is queued again, and addenda that were
 * given up. It is a courtesy: nothing is charged. Calling it again changes nothing.
 * @throws `not-found`; `review-not-dead` when no part of it has failed, or its session has another review by now
 */
export async function redriveReview(
  services: Services,
  { reviewId, actor }: { reviewId: string; actor: string },
): Promise<ReviewView> {
  const accountId = await ownerOfReview(services, reviewId);
  const redriven = await inAccount(services.database, accountId, async (tx) => {
    await Account.lock(tx, accountId);
    const now = services.clock.now();
    const found = await Review.get(tx, reviewId);
    const parts = await DeadLetter.takeParts(tx, reviewId, now);
    if (parts.length === 0) {
      if ((await Outbox.listOpenParts(tx, reviewId)).length > 0) return false;
      throw problem(
        "review-not-dead",
        `review ${reviewId} is ${found.state}; only what failed can be redriven`,
      );
    }
    if (parts.includes(0)) await queueAgain(tx, found);
    for (const part of parts) await Outbox.renew(tx, reviewId, part, now);
    await Audit.record(tx, {
      accountId,
      actor,
      action: "review.redriven",
      subject: reviewId,
      detail: { parts },
      at: now,
    });
    if (parts.includes(0)) await noteReview(tx, found, "queued", now);
    return true;
  });
  if (redriven) await afterCommit(services, "dispatch", () => dispatchJobs(services));
  return getReview(services, { accountId, id: reviewId });
}

async function queueAgain(tx: Tx, failed: Review.Review): Promise<void> {
  const other = await Review.findOfSession(tx, failed.sessionId);
  if (other) {
    throw problem(
      "review-not-dead",
      `session ${failed.sessionId} has another review by now, ${other.id}, which is ${other.state}`,
    );
  }
  const reasons = [...failed.reasons.filter((reason) => reason !== courtesy), courtesy];
  const change = { failures: 0, failure: null, finishedAt: null, reasons };
  if (!(await Review.move(tx, failed.id, "queued", change))) {
    throw problem(
      "review-not-dead",
      `review ${failed.id} is ${failed.state}; only a failed one can be redriven`,
    );
  }
}
