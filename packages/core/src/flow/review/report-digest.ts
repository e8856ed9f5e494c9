/** A worker reports: its findings are stored once, the quota is settled, and the digest is put into words. */
import { createHash } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import * as DeadLetter from "../../dead-letter/index.ts";
import { digest, digestPart } from "../../digest/digest.sql.ts";
import { describe } from "../../digest/index.ts";
import type { Capabilities, DigestReport, Finding } from "../../digest/wire.ts";
import * as Id from "../../id.ts";
import * as Outbox from "../../outbox/index.ts";
import { problem } from "../../problem.ts";
import * as Quota from "../../quota/index.ts";
import * as Review from "../../review/index.ts";
import { session } from "../../session/session.sql.ts";
import { site } from "../../site/site.sql.ts";
import type { DigestReply } from "../../worker/wire.ts";
import { dispatchDeliveries } from "../deliver/dispatch-deliveries.ts";
import { tellDigest } from "../deliver/tell-digest.ts";
import type { Services } from "../services.ts";
import { appendAddendum } from "./defer-moments.ts";
import { dispatchJobs } from "./dispatch-jobs.ts";
import { listMoments, type ReviewedMoment } from "./job-moments.ts";
import { ownerOfReview } from "./owner-of-review.ts";

/**
 * @throws `not-found`; `review-not-wanted` when the review was cancelled or has failed; `digest-differs` when another
 *   report is stored for this part; `invalid-body` when the report names other moments than the job
 */
export async function reportDigest(services: Services, report: DigestReport): Promise<DigestReply> {
  const accountId = await ownerOfReview(services, report.reviewId);
  const reply = await inAccount(services.database, accountId, (tx) => store(services, tx, accountId, report));
  if (reply.status === "stored") await Promise.all([dispatchJobs(services), dispatchDeliveries(services)]);
  return reply;
}

async function store(
  services: Services,
  tx: Tx,
  accountId: string,
  report: DigestReport,
): Promise<DigestReply> {
  // The account's lock makes two reports of one review take turns.
  const account = await Account.lock(tx, accountId);
  const found = await Review.get(tx, report.reviewId);
  const contentHash = createHash("sha256").update(canonical(report)).digest();
  const [stored] = await tx
    .select()
    .from(digestPart)
    .where(and(eq(digestPart.reviewId, report.reviewId), eq(digestPart.part, report.part)));
  if (stored) {
    if (!contentHash.equals(stored.contentHash)) {
      throw problem("digest-differs", `part ${report.part} of ${report.reviewId} already has another digest`);
    }
    const [known] = await tx
      .select({ id: digest.id })
      .from(digest)
      .where(eq(digest.reviewId, report.reviewId));
    if (!known) throw new Error(`expected a digest beside the parts of ${report.reviewId}`);
    return { digestId: known.id, status: "already-stored" };
  }
  const moments = await listMoments(tx, report.reviewId);
  assertSameMoments(report, moments);
  const now = services.clock.now();
  const wanted =
    report.part === 0
      ? await Review.move(tx, found.id, "completed", { finishedAt: now })
      : found.state === "completed";
  if (!wanted) throw problem("review-not-wanted", `review ${found.id} is ${found.state}`);
  await tx.insert(digestPart).values({
    accountId,
    reviewId: found.id,
    part: report.part,
    contentHash,
    report,
    createdAt: now,
  });
  if (report.part === 0) await Quota.settle(tx, found.id, now);
  const wasOpen = await Outbox.settle(tx, found.id, report.part, now);
  if (!wasOpen) await DeadLetter.forget(tx, found.id, report.part);
  // What threatens life and came while the review was under way does not wait for a calm hour.
  await appendAddendum(services, tx, account, { reviewId: found.id, urgent: true });
  const digestId = await writeDigest(tx, { account, found, moments, now });
  await tellDigest(services, tx, account, { digestId, part: report.part });
  return { digestId, status: "stored" };
}

/** Key order and white space do not make a report another one. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function assertSameMoments(report: DigestReport, moments: readonly ReviewedMoment[]): void {
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

type Whole = {
  account: Account.Account;
  found: Review.Review;
  moments: readonly ReviewedMoment[];
  now: Date;
};

/** Puts everything that is known of the review into words: the first part creates the digest, addenda rewrite it. */
async function writeDigest(tx: Tx, { account, found, moments, now }: Whole): Promise<string> {
  const [about] = await tx
    .select({ session, site })
    .from(session)
    .innerJoin(site, eq(site.id, session.siteId))
    .where(eq(session.id, found.sessionId));
  if (!about) throw new Error(`expected the session of ${found.id}`);
  const reports = await listReports(tx, found.id);
  const findings = findingsOf(reports, moments);
  const words = describe({
    session: about.session,
    siteName: about.site.name,
    timeZone: account.timeZone,
    moments: moments.map(({ moment, event }) => ({
      id: moment.id,
      eventId: event.id,
      capturedAt: moment.capturedAt,
      zone: event.zone,
      deviceId: event.deviceId,
      eventType: event.type,
      finding: findings.get(moment.id) ?? { id: moment.id, outcome: "deferred", detections: [] },
    })),
    capabilities: capabilitiesOf(reports),
  });
  const [written] = await tx
    .insert(digest)
    .values({
      id: Id.create("digest"),
      accountId: account.id,
      reviewId: found.id,
      sessionId: found.sessionId,
      siteId: about.site.id,
      ...words,
      occurredAt: about.session.firstEventAt,
      receivedAt: about.session.lastReceivedAt,
      requestedAt: found.requestedAt,
      createdAt: now,
      // Life-safety never waits.
      quietUntil: about.session.assessment.lifeSafety
        ? null
        : (Account.endsAt(Account.quietWindowOf(account), now) ?? null),
      updatedAt: now,
    })
    .onConflictDoUpdate({ target: digest.reviewId, set: { ...words, updatedAt: now } })
    .returning({ id: digest.id });
  if (!written) throw new Error(`the digest of ${found.id} was not written`);
  return written.id;
}

/** The reports of a review, part by part. */
export async function listReports(tx: Tx, reviewId: string): Promise<DigestReport[]> {
  const parts = await tx
    .select({ report: digestPart.report })
    .from(digestPart)
    .where(eq(digestPart.reviewId, reviewId))
    .orderBy(asc(digestPart.part));
  return parts.map((part) => part.report);
}

/** What was found in each moment; one that no report covers is still deferred. */
export function findingsOf(
  reports: readonly DigestReport[],
  moments: readonly ReviewedMoment[],
): Map<string, Finding> {
  const findings = new Map<string, Finding>(
    moments.map(({ moment }) => [moment.id, { id: moment.id, outcome: "deferred", detections: [] }]),
  );
  for (const report of reports) for (const finding of report.moments) findings.set(finding.id, finding);
  return findings;
}

function capabilitiesOf(reports: readonly DigestReport[]): Capabilities {
  const all = reports.map((report) => report.worker.capabilities);
  return {
    faces: all.every((one) => one.faces),
    reidentification: all.every((one) => one.reidentification),
    plates: all.every((one) => one.plates),
  };
}
