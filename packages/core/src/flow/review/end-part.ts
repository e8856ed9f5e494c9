/** A part of a review is given up: the review fails and its allowance goes back, or an addendum is given up. */
import type * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import type { Tx } from "../../db/index.ts";
import * as DeadLetter from "../../dead-letter/index.ts";
import type { DeadLetterSource } from "../../dead-letter/wire.ts";
import * as Outbox from "../../outbox/index.ts";
import * as Quota from "../../quota/index.ts";
import * as Review from "../../review/index.ts";
import { noteReview } from "../deliver/note-moves.ts";

export type Death = {
  review: Review.Review;
  part: number;
  source: DeadLetterSource;
  reason: string;
  actor: string;
  failures: number;
  at: Date;
};

/**
 * Inside a transaction that holds the account's lock. Doing it again changes nothing, and neither does it once the part
 * has ended well.
 */
export async function endPart(tx: Tx, account: Account.Account, death: Death): Promise<boolean> {
  const { review, part, source, reason, failures, at } = death;
  const wasOpen = await Outbox.settle(tx, review.id, part, at);
  if (part === 0) {
    if (!(await Review.move(tx, review.id, "failed", { finishedAt: at, failure: reason, failures }))) {
      return false;
    }
    await Quota.refund(tx, account, review.id, at);
  } else if (!wasOpen) return false;
  await DeadLetter.record(tx, {
    accountId: account.id,
    reviewId: review.id,
    part,
    source,
    reason,
    diedAt: at,
  });
  await Audit.record(tx, {
    accountId: account.id,
    actor: death.actor,
    action: part === 0 ? "review.failed" : "addendum.failed",
    subject: review.id,
    detail: { part, source, reason, failures },
    at,
  });
  if (part === 0) await noteReview(tx, review, "failed", at);
  return true;
}
