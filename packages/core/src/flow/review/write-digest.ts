/** Everything that is known of a review, in words: the first part creates the digest, addenda rewrite it. */
import { and, eq, sql } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import * as Custody from "../../custody/index.ts";
import type { Queryable, Tx } from "../../db/index.ts";
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

/** What a digest says, with what it says it of. */
async function tellWhole(tx: Tx, { account, found, moments, now }: Whole) {
  const [about] = await tx
    .select({ session, site })
    .from(session)
    .innerJoin(site, eq(site.id, session.siteId))
    .where(eq(session.id, found.sessionId));
  if (!about) throw new Error(`expected the session of ${found.id}`);
  const before = await Digest.findOfReview(tx, found.id);
  const corrections = before?.corrections ?? {};
  const reports = Digest.corrected(await Digest.listReports(tx, found.id), corrections);
  const awaited = await Evidence.listAwaited(tx, found.sessionId);
  const looked = lookedAt(moments, reports);
  const known = await withScene(tx, looked, found.id);
  const pictures = Digest.seenIn(known.moments, awaited);
  const input = {
    assessment: await assessWhole(tx, about.session, { timeZone: account.timeZone, now, pictures }),
    siteName: about.site.name,
    timeZone: account.timeZone,
    ...known,
    awaited,
    capabilities: Digest.capabilitiesOf(reports),
    labels: account.labels,
  };
  const words = { ...Digest.describe(input), translations: Digest.translate(input) };
  const zones = await listZones(tx, found.sessionId);
  const searched = (told: Pick<typeof words, "title" | "summary" | "counts">) =>
    Digest.searchWords({ ...words, ...told, siteName: about.site.name, zones });
  return { about, before, corrections, words, searched };
}

/** As members have corrected it: no news to whoever has read it. */
export async function writeCorrected(tx: Tx, whole: Whole) {
  const { about, before, words, searched } = await tellWhole(tx, whole);
  if (!before) throw new Error(`expected the digest of ${whole.found.id}`);
  await Digest.retellAll(tx, before.id, { ...words, words: searched(words) });
  await oweDigest(tx, whole.account, before.id, about.session, words);
  return words;
}

async function oweDigest(
  tx: Tx,
  account: Account.Account,
  digestId: string,
  of: typeof session.$inferSelect,
  words: Omit<Parameters<typeof Custody.hashOfTold>[0], "occurredAt">,
): Promise<void> {
  const told = Custody.hashOfTold({ ...words, occurredAt: of.firstEventAt.toISOString() });
  await Custody.oweDigest(tx, { account: account.id, digest: digestId, session: of.id, told });
}

/** @returns the digest's id */
export async function writeDigest(tx: Tx, whole: Whole): Promise<string> {
  const { account, found, now } = whole;
  const { about, corrections, words, searched } = await tellWhole(tx, whole);
  const digestId = await Digest.record(tx, {
    id: Id.create("digest"),
    accountId: account.id,
    reviewId: found.id,
    sessionId: found.sessionId,
    siteId: about.site.id,
    ...words,
    corrections,
    words: searched(words),
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
  await oweDigest(tx, account, digestId, about.session, words);
  return digestId;
}

/**
 * What was found of a kind has been erased: its digest says the rest, as it said it. Its level, its reasons and when it was
 * written stay, and so does what has been read. The transaction holds the evidence log's lock.
 * @returns what it says now, and how many leaves of what it has said before were forgotten; undefined: there is no digest yet
 */
export async function retellDigest(
  tx: Tx,
  queryable: Queryable,
  { account, found, now }: Omit<Whole, "moments">,
): Promise<{ digest: Digest.Digest; leaves: number } | undefined> {
  const moments = await Review.listMoments(tx, found.id);
  const { about, before, words, searched } = await tellWhole(tx, { account, found, moments, now });
  if (!before) return undefined;
  const { summary, timeline } = words;
  // The title stays in each language, as it was said.
  const translations = keepTitles(words.translations, before.translations);
  const digest = { ...before, summary, timeline, translations, words: searched({ ...before, summary }) };
  await Digest.retell(tx, digest.id, digest);
  const occurredAt = about.session.firstEventAt.toISOString();
  const told = Custody.hashOfTold({ ...digest, occurredAt });
  const said = { account: account.id, digest: digest.id, session: found.sessionId, told };
  await Custody.oweDigest(tx, said);
  return { digest, leaves: await Custody.forgetEarlier(queryable, said) };
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

function keepTitles(now: Digest.Translations, before: Digest.Translations): Digest.Translations {
  return now.de === undefined ? {} : { de: { ...now.de, title: before.de?.title ?? now.de.title } };
}
