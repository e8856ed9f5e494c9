/** Digests as subscribers read them, with pictures that can be seen for a minute. */
import { and, desc, eq, getTableColumns, sql } from "drizzle-orm";
import * as Authenticity from "../../authenticity/index.ts";
import type { Capture, CaptureSignature } from "../../authenticity/wire.ts";
import * as Custody from "../../custody/index.ts";
import { inAccount, type Queryable, type Tx } from "../../db/index.ts";
import { digest } from "../../digest/digest.sql.ts";
import * as Digest from "../../digest/index.ts";
import type {
  DigestFilter,
  DigestMoment,
  DigestReport,
  DigestSummary,
  DigestView,
  Finding,
  InboxDigest,
} from "../../digest/wire.ts";
import * as Evidence from "../../evidence/index.ts";
import * as Gateway from "../../gateway/index.ts";
import { defaultLanguage, type Language } from "../../language/wire.ts";
import { evidence as limits } from "../../limits.ts";
import { type Page, type PageRequest, pageOf } from "../../page.ts";
import { problem } from "../../problem.ts";
import * as Review from "../../review/index.ts";
import { site } from "../../site/site.sql.ts";
import type { Services } from "../services.ts";
import { matches } from "./filter-digests.ts";
import { reasonsIn, textIn } from "./tell-in.ts";

type Row = { digest: Digest.Digest; siteName: string; unread: boolean };
type Pictured = Pick<Review.ReviewedMoment, "moment">;
type Known<Moment extends Pictured = Pictured> = {
  reports: DigestReport[];
  called: DigestView["called"];
  moments: Moment[];
  findings: Map<string, Finding>;
};

/** Who asks, and in which language: what is unread is told to each member for themselves. */
export type Reader = { accountId: string; memberId: string; language?: Language };

/** The newest first, by the time of what they tell; of those, what the filter asks for. */
export async function listDigests(
  services: Services,
  {
    accountId,
    memberId,
    language = defaultLanguage,
    limit,
    before,
    ...filter
  }: PageRequest & Reader & DigestFilter,
): Promise<Page<InboxDigest>> {
  const page = await inAccount(services.database, accountId, async (tx) => {
    const rows = await selectDigests(tx, memberId)
      .where(and(before === undefined ? undefined : isBefore(before), matches(filter, memberId)))
      .orderBy(desc(digest.occurredAt), desc(digest.id))
      .limit(limit + 1);
    return readRows(tx, rows);
  });
  return pageOf(await summariseAll(services, page, language), limit);
}

type Whole = { row: Row; known: Known };

/** What is known of each, in the same order. Two statements, however many rows. */
export async function readRows(tx: Tx, rows: readonly Row[]): Promise<Whole[]> {
  const reviewIds = rows.map((row) => row.digest.reviewId);
  const moments = Map.groupBy(await Review.listMomentsOf(tx, reviewIds), ({ reviewId }) => reviewId);
  const reports = Map.groupBy(await Digest.listReportsOf(tx, reviewIds), ({ reviewId }) => reviewId);
  return rows.map((row) => {
    const { reviewId } = row.digest;
    const told = reports.get(reviewId)?.map(({ report }) => report) ?? [];
    return { row, known: knownOf(row.digest, told, moments.get(reviewId) ?? []) };
  });
}

/** With a cover that can be seen for a minute. */
export async function summariseAll(
  services: Services,
  page: readonly Whole[],
  language: Language,
): Promise<InboxDigest[]> {
  return Promise.all(
    page.map(async ({ row, known }) => ({
      ...(await summarise(services, row, { known, language })),
      unread: row.unread,
    })),
  );
}

/** @throws `not-found` */
export async function getDigest(
  services: Services,
  { accountId, id, language = defaultLanguage }: { accountId: string; id: string; language?: Language },
): Promise<DigestView> {
  const { row, known, awaited, past } = await inAccount(
    services.database,
    accountId,
    async (tx, queryable) => {
      const [found] = await selectTold(tx).where(eq(digest.id, id));
      if (!found) throw problem("not-found", `no digest ${id}`);
      const { sessionId } = found.digest;
      const all = await read(tx, found.digest);
      return {
        row: found,
        known: all,
        awaited: await Evidence.listAwaited(tx, sessionId),
        past: await readPast(
          tx,
          queryable,
          all.moments.map(({ moment }) => moment.id),
        ),
      };
    },
  );
  const [first] = known.reports;
  if (!first) throw new Error(`expected the reports of ${row.digest.reviewId}`);
  const { createdAt, receivedAt, requestedAt } = row.digest;
  return {
    ...(await summarise(services, row, { known, language })),
    timeline: Digest.wordingIn(row.digest, language).timeline,
    reasons: reasonsIn(language, row.digest.reasons),
    recommendation: textIn(language, row.digest.recommendation),
    moments: [
      ...(await Promise.all(known.moments.map((moment) => withPicture(services, moment, { known, past })))),
      ...awaited.map(outstanding),
    ],
    model: first.worker.model,
    provider: first.worker.provider,
    capabilities: first.worker.capabilities,
    timings: {
      ...first.timings,
      eventToDigestMs: Math.max(0, createdAt.getTime() - receivedAt.getTime()),
      reviewMs: Math.max(0, createdAt.getTime() - requestedAt.getTime()),
    },
    called: known.called,
  };
}

/** By the time of what they tell: what comes late takes its place among the rest. */
export function isBefore(id: string) {
  return sql`(${digest.occurredAt}, ${digest.id}) < (select d.occurred_at, d.id from digest d where d.id = ${id})`;
}

const { search: _, ...told } = getTableColumns(digest);

/** With whether the member has read each. */
export function selectDigests(tx: Tx, memberId: string) {
  return tx
    .select({ digest: told, siteName: site.name, unread: Digest.isUnread(memberId) })
    .from(digest)
    .innerJoin(site, eq(site.id, digest.siteId))
    .$dynamic();
}

function selectTold(tx: Tx) {
  return tx
    .select({ digest: told, siteName: site.name })
    .from(digest)
    .innerJoin(site, eq(site.id, digest.siteId))
    .$dynamic();
}

type Corrected = Pick<Digest.Digest, "reviewId" | "corrections">;

async function read(tx: Tx, of: Corrected): Promise<Known<Review.ReviewedMoment>> {
  const [moments, reports] = await Promise.all([
    Review.listMoments(tx, of.reviewId),
    Digest.listReports(tx, of.reviewId),
  ]);
  return knownOf(of, reports, moments);
}

function knownOf<Moment extends Pictured>(
  { corrections }: Corrected,
  reported: readonly DigestReport[],
  moments: Moment[],
): Known<Moment> {
  const reports = Digest.corrected(reported, corrections);
  return {
    reports,
    called: Digest.calledIn(reported, corrections),
    moments,
    findings: Digest.findingsOf(
      reports,
      moments.map(({ moment }) => moment.id),
    ),
  };
}

async function summarise(
  services: Services,
  { digest: row, siteName }: Omit<Row, "unread">,
  { known, language }: { known: Known; language: Language },
): Promise<DigestSummary> {
  const { title, summary } = Digest.wordingIn(row, language);
  const [cover] = mostTelling(shown(known), 1);
  return {
    id: row.id,
    reviewId: row.reviewId,
    sessionId: row.sessionId,
    siteId: row.siteId,
    siteName,
    level: row.level,
    title,
    summary,
    counts: row.counts,
    momentCount: known.moments.length,
    occurredAt: row.occurredAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    ...(row.quietUntil === null ? {} : { quietUntil: row.quietUntil.toISOString() }),
    late: row.late,
    cover: cover ? { momentId: cover.moment.id, ...(await pictureOf(services, cover)) } : null,
  };
}

/** Of what is known: the pictures that are still there. */
function shown<Moment extends Pictured>(known: Known<Moment>): Known<Moment> {
  return { ...known, moments: known.moments.filter(({ moment }) => moment.state !== "erased") };
}

/** The pictures most worth showing: those in which most was seen with most certainty; where nothing was, the first. */
function mostTelling<Moment extends Pictured>({ moments, findings }: Known<Moment>, count: number): Moment[] {
  const weight = (row: Moment) =>
    (findings.get(row.moment.id)?.detections ?? []).reduce(
      (sum, { label, confidence }) => sum + confidence * (label === "person" ? 3 : 1),
      0,
    );
  return moments.toSorted((a, b) => weight(b) - weight(a)).slice(0, count);
}

export type KeyPicture = { key: string; capturedAt: Date; finding: Finding | undefined };

/** Where the most telling pictures of a digest lie, in the order in which they were taken. Empty when there is no such digest. */
export async function listKeyPictures(tx: Tx, digestId: string, count: number): Promise<KeyPicture[]> {
  const [row] = await selectTold(tx).where(eq(digest.id, digestId));
  if (!row) return [];
  const known = await read(tx, row.digest);
  return mostTelling(shown(known), count)
    .toSorted((a, b) => a.moment.capturedAt.getTime() - b.moment.capturedAt.getTime())
    .map(({ moment }) => ({
      key: Evidence.keyOf(moment.accountId, moment.eventId, moment.id),
      capturedAt: moment.capturedAt,
      finding: known.findings.get(moment.id),
    }));
}

/** What the evidence log has of moments, and what came before that is like them. */
type Past = {
  logged: ReadonlyMap<string, Authenticity.LoggedHash>;
  copies: ReadonlyMap<string, Evidence.EarlierCopy>;
  compared: ReadonlyMap<string, Authenticity.KeptVerdict>;
  captures: ReadonlyMap<string, Capture>;
  signatures: ReadonlyMap<string, CaptureSignature>;
};

async function readPast(tx: Tx, queryable: Queryable, momentIds: readonly string[]): Promise<Past> {
  return {
    logged: await Custody.findHashes(tx, momentIds),
    copies: await Evidence.findEarlierCopies(queryable, momentIds),
    compared: await Authenticity.findVerdicts(tx, momentIds),
    captures: await Authenticity.findCaptures(tx, momentIds),
    signatures: await Gateway.findSignatures(tx, momentIds),
  };
}

async function withPicture(
  services: Services,
  row: Review.ReviewedMoment,
  { known, past }: { known: Known; past: Past },
): Promise<DigestMoment> {
  const { id, sha256 } = row.moment;
  const { provenance, ...finding } = known.findings.get(id) ?? {
    id,
    outcome: "deferred" as const,
    detections: [],
  };
  return {
    ...finding,
    authenticity: Authenticity.judgeAuthenticity({
      sha256,
      logged: past.logged.get(id),
      earlier: past.copies.get(id),
      compared: past.compared.get(id),
      capture: past.captures.get(id),
      signature: past.signatures.get(id),
      provenance,
    }),
    detections: Digest.oneLabelEach(finding.detections),
    capturedAt: row.moment.capturedAt.toISOString(),
    zone: row.event.zone,
    deviceId: row.event.deviceId,
    eventId: row.event.id,
    ...(row.moment.erasedAt === null
      ? { image: await pictureOf(services, row) }
      : { imageErasedAt: row.moment.erasedAt.toISOString() }),
  };
}

/** Announced, and not there yet: nobody has been asked to look at it. */
function outstanding({ id, eventId, deviceId, zone, capturedAt }: Evidence.Awaited): DigestMoment {
  const reason = "announced and not uploaded yet";
  return {
    id,
    eventId,
    deviceId,
    zone,
    capturedAt: capturedAt.toISOString(),
    outcome: "missing",
    detections: [],
    reason,
  };
}

async function pictureOf(
  services: Services,
  { moment }: Pictured,
): Promise<{ url: string; expiresAt: string }> {
  const key = Evidence.keyOf(moment.accountId, moment.eventId, moment.id);
  const { url, expiresAt } = await services.blobs.presignGet({ key, seconds: limits.urlSecondsMax });
  return { url, expiresAt: expiresAt.toISOString() };
}
