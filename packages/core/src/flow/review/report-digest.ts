/** A worker reports: its findings are stored once, the quota is settled, and the digest is put into words. */
import * as Account from "../../account/index.ts";
import * as Consent from "../../consent/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import * as DeadLetter from "../../dead-letter/index.ts";
import * as Digest from "../../digest/index.ts";
import type { DigestReport } from "../../digest/wire.ts";
import * as Outbox from "../../outbox/index.ts";
import { problem } from "../../problem.ts";
import * as Quota from "../../quota/index.ts";
import * as Review from "../../review/index.ts";
import * as Session from "../../session/index.ts";
import type { DigestReply } from "../../worker/wire.ts";
import { afterCommit } from "../after-commit.ts";
import { dispatchDeliveries } from "../deliver/dispatch-deliveries.ts";
import { noteReview } from "../deliver/note-moves.ts";
import { tellDigest } from "../deliver/tell-digest.ts";
import type { Services } from "../services.ts";
import { appendAddendum } from "./defer-moments.ts";
import { dispatchJobs } from "./dispatch-jobs.ts";
import { findRepeats } from "./find-repeats.ts";
import { judgeCaptures } from "./judge-captures.ts";
import { learnScene } from "./learn-scene.ts";
import { noteOptics } from "./note-optics.ts";
import { ownerOfReview } from "./owner-of-review.ts";
import { takeTraces } from "./take-traces.ts";
import { writeDigest } from "./write-digest.ts";

/**
 * @throws `not-found`; `review-not-wanted` when the review was cancelled or has failed; `digest-differs` when another
 *   report is stored for this part; `invalid-body` when the report names other moments than the job, or a twin of elsewhere
 */
export async function reportDigest(services: Services, report: DigestReport): Promise<DigestReply> {
  const accountId = await ownerOfReview(services, report.reviewId);
  const reply = await inAccount(services.database, accountId, (tx) => store(services, tx, accountId, report));
  if (reply.status === "stored") {
    await afterCommit(services, "dispatch", () => dispatchJobs(services));
    await afterCommit(services, "dispatch deliveries", () => dispatchDeliveries(services));
  }
  return reply;
}

async function store(
  services: Services,
  tx: Tx,
  accountId: string,
  sent: DigestReport,
): Promise<DigestReply> {
  const { report: told, sketches, traits } = takeTraces(sent);
  // The account's lock makes two reports of one review take turns, and a consent that is withdrawn waits for it.
  const account = await Account.lock(tx, accountId);
  const found = await Review.get(tx, told.reviewId);
  const visited = await Session.find(tx, found.sessionId);
  if (!visited) throw new Error(`expected the session of ${found.id}`);
  // Whatever it looked for unasked is not kept.
  const report = Digest.keepAllowed(told, await Consent.allowedAt(tx, visited.siteId));
  const stored = await Digest.findPart(tx, report.reviewId, report.part);
  if (stored) {
    if (!Digest.isKnownBy(told, stored.contentHash)) {
      throw problem("digest-differs", `part ${report.part} of ${report.reviewId} already has another digest`);
    }
    const known = await Digest.findOfReview(tx, report.reviewId);
    if (!known) throw new Error(`expected a digest beside the parts of ${report.reviewId}`);
    return { digestId: known.id, status: "already-stored" };
  }
  const moments = await Review.listMoments(tx, report.reviewId);
  assertSameMoments(report, moments);
  const now = services.clock.now();
  const wanted =
    report.part === 0
      ? await Review.move(tx, found.id, "completed", { finishedAt: now })
      : found.state === "completed";
  if (!wanted) throw problem("review-not-wanted", `review ${found.id} is ${found.state}`);
  await Digest.recordPart(tx, {
    accountId,
    reviewId: found.id,
    part: report.part,
    contentHash: Digest.hashOf(told),
    report,
    createdAt: now,
  });
  await findRepeats(tx, accountId, moments, sketches);
  await judgeCaptures(tx, accountId, moments, traits);
  if (report.part === 0) await Quota.settle(tx, found.id, now);
  const wasOpen = await Outbox.settle(tx, found.id, report.part, now);
  if (!wasOpen) await DeadLetter.forget(tx, found.id, report.part);
  // What threatens life and came while the review was under way does not wait for a calm hour.
  await appendAddendum(services, tx, account, { reviewId: found.id, urgent: true });
  await learnScene(tx, { accountId, reviewId: found.id, moments, report });
  const digestId = await writeDigest(tx, { account, found, moments, now });
  await noteOptics(services, tx, account, report, moments);
  await tellDigest(services, tx, account, { digestId, part: report.part });
  if (report.part === 0) await noteReview(tx, found, "completed", now);
  return { digestId, status: "stored" };
}

function assertSameMoments(report: DigestReport, moments: readonly Review.ReviewedMoment[]): void {
  const known = new Set(moments.map((row) => row.moment.id));
  const stray = report.moments.find(
    ({ id, duplicateOf }) => duplicateOf !== undefined && (duplicateOf === id || !known.has(duplicateOf)),
  );
  if (stray) {
    throw problem(
      "invalid-body",
      `expected duplicateOf of ${stray.id} to be another moment of the review, got ${stray.duplicateOf}`,
    );
  }
  const asked = new Set(moments.filter((row) => row.part === report.part).map((row) => row.moment.id));
  const reported = new Set(report.moments.map((finding) => finding.id));
  const same =
    asked.size === reported.size && report.moments.length === reported.size && reported.isSubsetOf(asked);
  if (!same) {
    throw problem(
      "invalid-body",
      `expected each of the ${asked.size} moments of part ${report.part} once, got ${report.moments.length}`,
    );
  }
}
