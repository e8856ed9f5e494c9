/** A worker could not do a job: either another try is worth it, or its part ends and a review's allowance goes back. */
import * as Account from "../../account/index.ts";
import { inAccount } from "../../db/index.ts";
import { queue as limits } from "../../limits.ts";
import * as Outbox from "../../outbox/index.ts";
import * as Review from "../../review/index.ts";
import type { FailureReply, FailureReport } from "../../worker/wire.ts";
import { afterCommit } from "../after-commit.ts";
import type { Services } from "../services.ts";
import { dispatchJobs } from "./dispatch-jobs.ts";
import { endPart } from "./end-part.ts";
import { ownerOfReview } from "./owner-of-review.ts";

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
    if (!(await Outbox.listOpenParts(tx, reviewId)).includes(report.part)) return stop;
    // An addendum does not count its failures: its message dies after as many receives.
    const failures = report.part === 0 ? found.failures + 1 : found.failures;
    if (report.retryable && failures < limits.receivesMax) {
      if (report.part === 0) await Review.noteFailure(tx, reviewId, failures, report.reason);
      return { action: "retry", delaySeconds: Math.min(5 * 2 ** Math.max(0, failures - 1), 120) };
    }
    await endPart(tx, account, {
      review: found,
      part: report.part,
      source: "worker",
      reason: report.reason,
      actor: report.workerId,
      failures,
      at: services.clock.now(),
    });
    return stop;
  });
  if (reply.action === "stop") await afterCommit(services, "dispatch", () => dispatchJobs(services));
  return reply;
}
