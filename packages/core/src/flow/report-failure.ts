/** A worker could not do a review: either another try is worth it, or it ends as failed and the allowance goes back. */
import * as Account from "../account/index.ts";
import * as Audit from "../audit/index.ts";
import { inAccount, type Tx } from "../db/index.ts";
import { queue as limits } from "../limits.ts";
import * as Outbox from "../outbox/index.ts";
import * as Quota from "../quota/index.ts";
import * as Review from "../review/index.ts";
import type { FailureReply, FailureReport } from "../worker/wire.ts";
import { dispatchJobs } from "./dispatch-jobs.ts";
import { ownerOfReview } from "./owner-of-review.ts";
import type { Services } from "./services.ts";

const stop: FailureReply = { action: "stop", delaySeconds: 0 };

/** @throws `not-found` */
export async function reportFailure(
  services: Services,
  { reviewId, report }: { reviewId: string; report: FailureReport },
): Promise<FailureReply> {
  const accountId = await ownerOfReview(services, reviewId);
  const reply = await inAccount(services.database, accountId, async (tx): Promise<FailureReply> => {
    const account = await Account.lock(tx, accountId);
    const found = await Review.get(tx, reviewId);
    if (found.state !== "queued" && found.state !== "running") {
      // An addendum that fails leaves the digest as it is.
      await Outbox.settle(tx, reviewId, report.part, services.clock.now());
      return stop;
    }
    const failures = found.failures + 1;
    if (report.retryable && failures < limits.receivesMax) {
      await Review.noteFailure(tx, reviewId, failures, report.reason);
      return { action: "retry", delaySeconds: Math.min(5 * 2 ** (failures - 1), 120) };
    }
    await failReview(services, tx, account, {
      review: found,
      failures,
      reason: report.reason,
      actor: report.workerId,
    });
    return stop;
  });
  if (reply.action === "stop") await dispatchJobs(services);
  return reply;
}

/** Ends a review as failed inside a transaction that holds the account's lock. Doing it again changes nothing. */
export async function failReview(
  services: Services,
  tx: Tx,
  account: Account.Account,
  end: { review: Review.Review; failures: number; reason: string; actor: string },
): Promise<boolean> {
  const now = services.clock.now();
  const { id } = end.review;
  if (
    !(await Review.move(tx, id, "failed", { finishedAt: now, failure: end.reason, failures: end.failures }))
  )
    return false;
  await Quota.refund(tx, account, id, now);
  await Outbox.settle(tx, id, 0, now);
  await Audit.record(tx, {
    accountId: account.id,
    actor: end.actor,
    action: "review.failed",
    subject: id,
    detail: { reason: end.reason, failures: end.failures },
    at: now,
  });
  return true;
}
