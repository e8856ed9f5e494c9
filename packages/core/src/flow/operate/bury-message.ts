/** A message ended in the dead-letter queue: nobody could finish it. What it stood for is brought to an end. */
import { createPublicKey } from "node:crypto";
import * as z from "zod";
import * as Account from "../../account/index.ts";
import { inAccount } from "../../db/index.ts";
import * as Delivery from "../../delivery/index.ts";
import * as Id from "../../id.ts";
import { queue as limits } from "../../limits.ts";
import { Problem } from "../../problem.ts";
import * as Review from "../../review/index.ts";
import { Part } from "../../review/wire.ts";
import { afterCommit } from "../after-commit.ts";
import { dispatchDeliveries } from "../deliver/dispatch-deliveries.ts";
import { giveUpRecording } from "../recording/end-recording.ts";
import { dispatchJobs } from "../review/dispatch-jobs.ts";
import { endPart } from "../review/end-part.ts";
import { findOwnerOfReview } from "../review/owner-of-review.ts";
import { buryChunk } from "../run/report-chunk.ts";
import type { Services } from "../services.ts";

/** As little of a job as tells which one it is: the rest of it may be what no worker could read. */
const JobName = z.object({ reviewId: Id.of("review"), part: Part.default(0) });
const ChunkName = z.object({ runId: Id.of("run"), chunk: z.int(), step: z.int() });
const RecordingName = z.object({ checkId: Id.of("check"), accountId: Id.of("account") });
const DeliveryName = z.object({ accountId: Id.of("account"), deliveryId: Id.of("delivery") });
/** What the sweep brings to its end without a message. */
const SessionName = z.object({ sessionId: Id.of("session") });

/**
 * `ended` a part of a review; `known` before, or by the sweep; `unreadable` names nothing that is known here, or is not signed;
 * `given-up` failed to be buried too often.
 */
export type Burial = "ended" | "known" | "unreadable" | "given-up";

/**
 * Ends the part that a dead job stands for: a review fails with a reason and its allowance goes back. A delivery goes on
 * until its attempts are used up; a dead message about a session needs nothing: the sweep takes care of it. The same message twice changes nothing. Its
 * queue has no dead-letter queue of its own, so there is an end to how often it is tried; a job that has not ended by then
 * is sent again by the sweep.
 * @param receives how often the message was received, this time included
 */
export async function buryMessage(services: Services, body: string, receives = 1): Promise<Burial> {
  try {
    return await bury(services, body);
  } catch (error) {
    if (receives < limits.deadLetterReceivesMax) throw error;
    services.log.error({ err: error, receives }, "a dead message could not be buried and is thrown away");
    return "given-up";
  }
}

async function bury(services: Services, body: string): Promise<Burial> {
  const message = parse(body);
  const chunk = ChunkName.safeParse(message);
  if (chunk.success && isOurs(services, body)) {
    return await buryChunkOf(services, chunk.data);
  }
  const recording = RecordingName.safeParse(message);
  if (recording.success && isOurs(services, body)) {
    return await buryRecording(services, recording.data);
  }
  const job = JobName.safeParse(message);
  if (!job.success) {
    const delivery = DeliveryName.safeParse(message);
    if (delivery.success) {
      await waitNoLonger(services, delivery.data);
      return "known";
    }
    if (SessionName.safeParse(message).success) return "known";
    services.log.error({ bytes: body.length }, "a dead message names nothing that is known");
    return "unreadable";
  }
  const { reviewId, part } = job.data;
  // Whoever may send to the queue could end another's review otherwise. A lost job is sent again by the sweep.
  if (!isOurs(services, body)) {
    services.log.error({ reviewId }, "a dead message names a review and is not signed by this API");
    return "unreadable";
  }
  const accountId = await findOwnerOfReview(services, reviewId);
  if (accountId === undefined) {
    services.log.error({ reviewId }, "a dead message names a review that does not exist");
    return "unreadable";
  }
  const ended = await inAccount(services.database, accountId, async (tx) => {
    const account = await Account.lock(tx, accountId);
    const review = await Review.get(tx, reviewId);
    return endPart(tx, account, {
      review,
      part,
      source: "queue",
      reason: reasonOf(part === 0 ? review.failure : null),
      actor: "system",
      failures: review.failures,
      at: services.clock.now(),
    });
  });
  if (ended) await afterCommit(services, "dispatch", () => dispatchJobs(services));
  return ended ? "ended" : "known";
}

/** A run that is gone, with the account that it was of, has nothing that could be brought to an end. */
async function buryChunkOf(services: Services, named: z.infer<typeof ChunkName>): Promise<Burial> {
  try {
    return (await buryChunk(services, named)) ? "ended" : "known";
  } catch (error) {
    if (!(error instanceof Problem && error.code === "not-found")) throw error;
    services.log.error({ ...named }, "a dead message names a chunk that does not exist");
    return "unreadable";
  }
}

/** Its points go back. One that is gone, with the account that it was of, has nothing to bring to an end. */
async function buryRecording(
  services: Services,
  { accountId, checkId: id }: z.infer<typeof RecordingName>,
): Promise<Burial> {
  try {
    const reason = reasonOf(null);
    return (await giveUpRecording(services, { accountId, id, reason })) ? "ended" : "known";
  } catch (error) {
    if (!(error instanceof Problem && error.code === "not-found")) throw error;
    services.log.error({ id }, "a dead message names a recording that does not exist");
    return "unreadable";
  }
}

/** Nobody waits any more for a message that has died: the delivery is sent again when it is due. An attempt under way ends first. */
async function waitNoLonger(
  services: Services,
  { accountId, deliveryId }: z.infer<typeof DeliveryName>,
): Promise<void> {
  await inAccount(services.database, accountId, (tx) => Delivery.release(tx, deliveryId));
  await afterCommit(services, "dispatch deliveries", () => dispatchDeliveries(services));
}

function isOurs({ jobSigningKey }: Services, body: string): boolean {
  return Review.isSignedJob(body, [createPublicKey(jobSigningKey)]);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function reasonOf(lastFailure: string | null): string {
  const tries = `Workers received the job ${limits.receivesMax} times and none finished it.`;
  return lastFailure === null ? tries : `${tries} The last failure that was reported: ${lastFailure}`;
}
