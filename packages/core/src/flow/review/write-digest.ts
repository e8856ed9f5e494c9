/** Everything that is known of a review, in words: the first part creates the digest, addenda rewrite it. */
import { and, asc, eq, sql } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import type { Tx } from "../../db/index.ts";
import { digest, digestPart } from "../../digest/digest.sql.ts";
import { describe } from "../../digest/index.ts";
import type { Capabilities, DigestReport, Finding } from "../../digest/wire.ts";
import { event } from "../../event/event.sql.ts";
import * as Id from "../../id.ts";
import { session as limits } from "../../limits.ts";
import * as Review from "../../review/index.ts";
import { session } from "../../session/session.sql.ts";
import { site } from "../../site/site.sql.ts";
import { listMoments, type ReviewedMoment } from "./job-moments.ts";

type Whole = {
  account: Account.Account;
  found: Review.Review;
  moments: readonly ReviewedMoment[];
  now: Date;
};

/**
 * The digest of a session whose events have moved or grown is put into words again.
 * @returns the session's review that is under way or done, if there is one
 */
export async function rewriteDigest(
  tx: Tx,
  account: Account.Account,
  sessionId: string,
  now: Date,
): Promise<string | undefined> {
  const found = await Review.findOfSession(tx, sessionId);
  if (found?.state === "completed") {
    const moments = await listMoments(tx, found.id);
    await writeDigest(tx, { account, found, moments, now });
  }
  return found?.id;
}

/** Puts everything that is known of the review into words: the first part creates the digest, addenda rewrite it. */
export async function writeDigest(tx: Tx, { account, found, moments, now }: Whole): Promise<string> {
  const [about] = await tx
    .select({ session, site })
    .from(session)
    .innerJoin(site, eq(site.id, session.siteId))
    .where(eq(session.id, found.sessionId));
  if (!about) throw new Error(`expected the session of ${found.id}`);
  const reports = await listReports(tx, found.id);
  const findings = findingsOf(reports, moments);
  const said = describe({
    session: about.session,
    siteName: about.site.name,
    timeZone: account.timeZone,
    moments: moments.map((row) => ({
      id: row.moment.id,
      eventId: row.event.id,
      capturedAt: row.moment.capturedAt,
      zone: row.event.zone,
      deviceId: row.event.deviceId,
      eventType: row.event.type,
      finding: findings.get(row.moment.id) ?? { id: row.moment.id, outcome: "deferred", detections: [] },
    })),
    capabilities: capabilitiesOf(reports),
  });
  const words = { ...said, late: await isAllLate(tx, found.sessionId) };
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

/** Whether every event of the session came too late to ring for. */
async function isAllLate(tx: Tx, sessionId: string): Promise<boolean> {
  const [intime] = await tx
    .select({ id: event.id })
    .from(event)
    .where(
      and(
        eq(event.sessionId, sessionId),
        sql`${event.receivedAt} - ${event.occurredAt} <= ${limits.lateMsMin} * interval '1 millisecond'`,
      ),
    )
    .limit(1);
  return intime === undefined;
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
