/** A worker reports how it is, and is told how the whole system is. */
import { inAccount } from "../../db/index.ts";
import * as Model from "../../model/index.ts";
import * as Review from "../../review/index.ts";
import * as Shadow from "../../shadow/index.ts";
import * as Throttle from "../../throttle/index.ts";
import type { Heartbeat, HeartbeatReply } from "../../worker/wire.ts";
import { afterCommit } from "../after-commit.ts";
import { noteReview } from "../deliver/note-moves.ts";
import type { Services } from "../services.ts";
import { measureLoad, recentLoad } from "../system-load.ts";
import { dispatchJobs } from "./dispatch-jobs.ts";
import { findOwnerOfReview } from "./owner-of-review.ts";

export async function recordHeartbeat(services: Services, heartbeat: Heartbeat): Promise<HeartbeatReply> {
  const { sql } = services.database;
  await sql`select record_heartbeat(${JSON.stringify(heartbeat)}::jsonb, ${services.clock.now()})`;
  await Promise.all(heartbeat.reviewsInHand.map((id) => markRunning(services, id)));
  await afterCommit(services, "dispatch", () => dispatchJobs(services));
  // What cannot be measured now was measured before, and is told in the log.
  const load = await measureLoad(services).catch(() => recentLoad(services));
  return {
    model: await Model.current(sql),
    shadow: await Shadow.findWish(sql),
    queueDepth: load.jobs,
    overloaded: load.overload.overloaded,
    extraBatchWindowMs: Throttle.extraBatchWindowMs(load.overload),
  };
}

/** A worker may hold a job of a review that is no more: that is no fault of its heartbeat. */
async function markRunning(services: Services, reviewId: string): Promise<void> {
  const accountId = await findOwnerOfReview(services, reviewId);
  if (accountId === undefined) return;
  await inAccount(services.database, accountId, async (tx) => {
    if (!(await Review.move(tx, reviewId, "running"))) return;
    await noteReview(tx, await Review.get(tx, reviewId), "running", services.clock.now());
  });
}
