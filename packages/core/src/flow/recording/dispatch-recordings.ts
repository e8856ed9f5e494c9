/** Recordings that were uploaded are handed to workers, a few at a time, by the queue of runs: live work goes first there. */
import { randomBytes } from "node:crypto";
import * as Check from "../../check/index.ts";
import type { RecordingJob } from "../../check/wire.ts";
import { inAccount } from "../../db/index.ts";
import * as Review from "../../review/index.ts";
import type { Services } from "../services.ts";

/** How long a sender may take for what it has claimed. After that it is taken for dead. */
const claimMsMax = 30_000;

/** Called after every commit that completes or ends one, and by the sweep. @returns how many were sent */
export async function dispatchRecordings(services: Services): Promise<number> {
  const now = services.clock.now();
  const until = new Date(now.getTime() + claimMsMax);
  const claimed = await Check.claimRecordings(services.database.sql, { now, until });
  const outcomes = await Promise.allSettled(claimed.map((one) => send(services, one)));
  for (const outcome of outcomes) {
    // The claim runs out and another sender takes the recording up.
    if (outcome.status === "rejected") {
      services.log.warn({ err: outcome.reason }, "a recording could not be sent");
    }
  }
  return outcomes.filter(({ status }) => status === "fulfilled").length;
}

async function send(
  services: Services,
  { accountId, id: checkId }: { accountId: string; id: string },
): Promise<void> {
  const now = services.clock.now();
  const job: Omit<RecordingJob, "signature"> = {
    v: 1,
    checkId,
    accountId,
    requestedAt: now.toISOString(),
    traceparent: `00-${randomBytes(16).toString("hex")}-${randomBytes(8).toString("hex")}-01`,
  };
  await services.bulk.send(Review.signJob(job, services.jobSigningKey));
  await inAccount(services.database, accountId, (tx) => Check.markRecordingSent(tx, checkId, now));
}
