/** Digests: what workers found, stored part by part, and put into words. */
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { ConsentKind } from "../consent/wire.ts";
import type { Tx } from "../db/index.ts";
import { problem } from "../problem.ts";
import { digest, digestPart } from "./digest.sql.ts";
import { hashOf } from "./hash-of.ts";
import { countOfKind, keepAllowed } from "./keep-allowed.ts";
import type { DigestReport } from "./wire.ts";

export { type Description, describe, type Moment } from "./describe.ts";
export type { Translations } from "./digest.sql.ts";
export { capabilitiesOf, findingsOf } from "./findings.ts";
export { hashOf, isKnownBy } from "./hash-of.ts";
export { keepAllowed } from "./keep-allowed.ts";
export { oneLabelEach, type Thing } from "./one-label.ts";
export { placeNameDe } from "./places-de.ts";
export { isUnread, mark, markUpTo } from "./reading.ts";
export { sentenceDe } from "./reasons-de.ts";
export { searchWords } from "./search-words.ts";
export { seenIn, showsMovement } from "./see.ts";
export { labelOfDe } from "./things-de.ts";
export { tracksIn } from "./track.ts";
export { titleIn, translate, wordingIn } from "./translate.ts";
export { kindOf, labelsOf } from "./words-things.ts";

export type Digest = Omit<typeof digest.$inferSelect, "search">;
export type DigestPart = typeof digestPart.$inferSelect;

/** @throws `not-found` */
export async function get(tx: Tx, id: string): Promise<Pick<Digest, "id" | "reviewId">> {
  const { reviewId } = digest;
  const [found] = await tx.select({ id: digest.id, reviewId }).from(digest).where(eq(digest.id, id));
  if (!found) throw problem("not-found", `no digest ${id}`);
  return found;
}

/** The digest of a review, if there is one yet. */
export async function findOfReview(tx: Tx, reviewId: string): Promise<Digest | undefined> {
  const [found] = await tx.select().from(digest).where(eq(digest.reviewId, reviewId));
  return found;
}

export async function findPart(tx: Tx, reviewId: string, part: number): Promise<DigestPart | undefined> {
  const [found] = await tx
    .select()
    .from(digestPart)
    .where(and(eq(digestPart.reviewId, reviewId), eq(digestPart.part, part)));
  return found;
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

/**
 * Takes everything of a consent that was withdrawn out of a review's reports, and out of what they are known by.
 * @returns how many findings, and of which parts; none: there was nothing of it
 */
export async function eraseKind(
  tx: Tx,
  reviewId: string,
  { id: consentId, kind }: { id: string; kind: ConsentKind },
): Promise<{ findings: number; parts: number[] }> {
  const erased = { findings: 0, parts: [] as number[] };
  for (const report of await listReports(tx, reviewId)) {
    const findings = countOfKind(report, kind);
    if (findings === 0 && !report.worker.capabilities[kind]) continue;
    const rest = keepAllowed(report, { faces: true, plates: true, reidentification: true, [kind]: false });
    const { part } = report;
    await tx.execute(
      sql`select erase_from_report(${consentId}, ${reviewId}, ${part}, ${JSON.stringify(rest)}::jsonb, ${hashOf(rest)})`,
    );
    erased.findings += findings;
    erased.parts.push(part);
  }
  return erased;
}

/** The reports of many reviews at once, part by part. */
export async function listReportsOf(
  tx: Tx,
  reviewIds: readonly string[],
): Promise<{ reviewId: string; report: DigestReport }[]> {
  if (reviewIds.length === 0) return [];
  return tx
    .select({ reviewId: digestPart.reviewId, report: digestPart.report })
    .from(digestPart)
    .where(inArray(digestPart.reviewId, [...reviewIds]))
    .orderBy(asc(digestPart.part));
}

/** Stores what a worker reported of one part, as it came. */
export async function recordPart(tx: Tx, part: DigestPart): Promise<void> {
  await tx.insert(digestPart).values(part);
}

/**
 * The first part creates the digest; addenda, and events that turn out to belong to its session, change what it says and
 * when it happened, and nothing else of it.
 * @returns its id
 */
export async function record(tx: Tx, written: Digest): Promise<string> {
  const { level, title, summary, timeline, counts, reasons, recommendation, words, updatedAt } = written;
  const { translations } = written;
  const { occurredAt, receivedAt, late } = written;
  const told = { level, title, summary, timeline, counts, reasons, recommendation, translations, words };
  const [recorded] = await tx
    .insert(digest)
    .values(written)
    .onConflictDoUpdate({
      target: digest.reviewId,
      set: { ...told, occurredAt, receivedAt, late, updatedAt },
    })
    .returning({ id: digest.id });
  if (!recorded) throw new Error(`the digest of ${written.reviewId} was not written`);
  return recorded.id;
}

/** What a digest says is put into other words, and it is no news: whoever has read it has read it. */
export async function retell(
  tx: Tx,
  id: string,
  { summary, timeline, translations, words }: Pick<Digest, "summary" | "timeline" | "translations" | "words">,
): Promise<void> {
  await tx.update(digest).set({ summary, timeline, translations, words }).where(eq(digest.id, id));
}
