/** Consents: what may be looked for in a site's pictures. Nothing may, until an owner says so. */
import { and, desc, eq, ne, sql } from "drizzle-orm";
import type { Queryable, Tx } from "../db/index.ts";
import * as Id from "../id.ts";
import { consent } from "./consent.sql.ts";
import { type Allowed, type ConsentKind, nothingAllowed, type WithdrawnCounts } from "./wire.ts";

export { type ReceiptOfConsent, writeConsentReceipt } from "./write-receipt.ts";

export type Consent = typeof consent.$inferSelect;

const nothing: WithdrawnCounts = Object.freeze({
  findings: 0,
  reports: 0,
  digests: 0,
  messages: 0,
  leaves: 0,
  embeddings: 0,
  archives: 0,
});

/** What may be looked for at a site. Of a transaction that stores something it holds the account's lock, or these rows'. */
export async function allowedAt(tx: Tx, siteId: string): Promise<Allowed> {
  const given = await tx
    .select({ kind: consent.kind })
    .from(consent)
    .where(and(eq(consent.siteId, siteId), eq(consent.state, "given")));
  return { ...nothingAllowed, ...Object.fromEntries(given.map(({ kind }) => [kind, true])) };
}

/**
 * Whether every site of the account allows it: what belongs to no site in particular is as free as the least free of them.
 * Whoever withdraws it waits until this transaction has ended.
 */
export async function isAllowedEverywhere(queryable: Queryable, kind: ConsentKind): Promise<boolean> {
  const given = await queryable<{ siteId: string }[]>`
    select site_id as "siteId" from consent where kind = ${kind} and state = 'given' for share`;
  const sites = given.map(({ siteId }) => siteId);
  const [other] = await queryable`select 1 from site where id <> all(${sites}::text[]) limit 1`;
  return sites.length > 0 && other === undefined;
}

/** All there were, the newest first. */
export async function list(tx: Tx): Promise<Consent[]> {
  return tx
    .select()
    .from(consent)
    .orderBy(desc(sql`coalesce(${consent.givenAt}, ${consent.withdrawnAt})`));
}

/** The one that has not ended. */
export async function findOpen(tx: Tx, siteId: string, kind: ConsentKind): Promise<Consent | undefined> {
  const [open] = await tx
    .select()
    .from(consent)
    .where(and(eq(consent.siteId, siteId), eq(consent.kind, kind), ne(consent.state, "erased")));
  return open;
}

type Said = { accountId: string; siteId: string; kind: ConsentKind; by: string; at: Date };

export async function give(tx: Tx, { accountId, siteId, kind, by, at }: Said): Promise<void> {
  await tx.insert(consent).values({
    id: Id.create("consent"),
    accountId,
    siteId,
    kind,
    state: "given",
    givenBy: by,
    givenAt: at,
    counts: nothing,
  });
}

/** From the end of this transaction on nothing is stored under it; what was is to be erased. */
export async function withdraw(tx: Tx, id: string, { by, at }: Pick<Said, "by" | "at">): Promise<void> {
  await tx
    .update(consent)
    .set({ state: "withdrawn", withdrawnBy: by, withdrawnAt: at, nextAt: at })
    .where(and(eq(consent.id, id), eq(consent.state, "given")));
}

/** One of all accounts of which something is still to be erased: whoever asks has it until `until`. */
export async function lease(
  queryable: Queryable,
  { now, until }: { now: Date; until: Date },
): Promise<{ id: string; accountId: string } | undefined> {
  const [leased] = await queryable<{ id: string; accountId: string }[]>`
    select id, account_id as "accountId" from lease_withdrawn_consent(${now}, ${until})`;
  return leased;
}

/** Undefined: it was erased by somebody else. */
export async function findWithdrawn(tx: Tx, id: string): Promise<Consent | undefined> {
  const [found] = await tx
    .select()
    .from(consent)
    .where(and(eq(consent.id, id), eq(consent.state, "withdrawn")));
  return found;
}

/** What of it has gone by now. */
export async function note(
  tx: Tx,
  id: string,
  step: Partial<Pick<Consent, "place" | "counts" | "nextAt">>,
): Promise<void> {
  await tx
    .update(consent)
    .set(step)
    .where(and(eq(consent.id, id), eq(consent.state, "withdrawn")));
}

/** Nothing is left of it but the receipt. */
export async function end(
  tx: Tx,
  id: string,
  { at, note: receipt }: { at: Date; note: string },
): Promise<void> {
  await tx
    .update(consent)
    .set({ state: "erased", erasedAt: at, note: receipt, nextAt: null, place: null })
    .where(and(eq(consent.id, id), eq(consent.state, "withdrawn")));
}

export function add(counts: WithdrawnCounts, more: Partial<WithdrawnCounts>): WithdrawnCounts {
  const sum = { ...counts };
  for (const name of Object.keys(more) as (keyof WithdrawnCounts)[]) sum[name] += more[name] ?? 0;
  return sum;
}
