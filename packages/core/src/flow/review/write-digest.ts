/** Everything that is known of a review, in words: the first part creates the digest, addenda rewrite it. */
import { and, eq, sql } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import * as Custody from "../../custody/index.ts";
import type { Tx } from "../../db/index.ts";
import * as Digest from "../../digest/index.ts";
import { event } from "../../event/event.sql.ts";
import * as Evidence from "../../evidence/index.ts";
import * as Id from "../../id.ts";
import { session as limits } from "../../limits.ts";
import * as Review from "../../review/index.ts";
import { session } from "../../session/session.sql.ts";
import { site } from "../../site/site.sql.ts";
import { assessWhole } from "./judge-session.ts";
import { lookedAt } from "./looked-at.ts";
import { withScene } from "./with-scene.ts";

const zonesMax = 100;

type Whole = {
  account: Account.Account;
  found: Review.Review;
  moments: readonly Review.ReviewedMoment[];
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
    const moments = await Review.listMoments(tx, found.id);
    await writeDigest(tx, { account, found, moments, now });
  }
  return found?.id;
}

/** @returns the digest's id */
export async function writeDigest(tx: Tx, { account, found, moments, now }: Whole): Promise<string> {
  const [about] = await tx
    .select({ session, site })
    .from(session)
    .innerJoin(site, eq(site.id, session.siteId))
    .where(eq(session.id, found.sessionId));
  if (!about) throw new Error(`expected the session of ${found.id}`);
  const reports = await Digest.listReports(tx, found.id);
  const awaited = await Evidence.listAwaited(tx, found.sessionId);
  const looked = lookedAt(moments, reports);
  const known = await withScene(tx, looked, found.id);
  const pictures = Digest.seenIn(known.moments, awaited);
  const words = Digest.describe({
    assessment: await assessWhole(tx, about.session, { timeZone: account.timeZone, now, pictures }),
    siteName: about.site.name,
    timeZone: account.timeZone,
    ...known,
    awaited,
    capabilities: Digest.capabilitiesOf(reports),
    labels: account.labels,
  });
  const zones = await listZones(tx, found.sessionId);
  const digestId = await Digest.record(tx, {
    id: Id.create("digest"),
    accountId: account.id,
    reviewId: found.id,
    sessionId: found.sessionId,
    siteId: about.site.id,
    ...words,
    words: Digest.searchWords({ ...words, siteName: about.site.name, zones }),
    occurredAt: about.session.firstEventAt,
    receivedAt: about.session.lastReceivedAt,
    requestedAt: found.requestedAt,
    createdAt: now,
    // Life-safety never waits.
    quietUntil: about.session.assessment.lifeSafety
      ? null
      : (Account.endsAt(Account.quietWindowOf(account), now) ?? null),
    late: await isAllLate(tx, found.sessionId),
    updatedAt: now,
  });
  const occurredAt = about.session.firstEventAt.toISOString();
  const told = Custody.hashOfTold({ ...words, occurredAt });
  await Custody.oweDigest(tx, { account: account.id, digest: digestId, session: found.sessionId, told });
  return digestId;
}

async function listZones(tx: Tx, sessionId: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ zone: event.zone })
    .from(event)
    .where(eq(event.sessionId, sessionId))
    .limit(zonesMax);
  return rows.flatMap(({ zone }) => zone ?? []).toSorted();
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
