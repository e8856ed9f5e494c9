/**
 * Keys of devices, members, workers and operators: issued once in the clear, stored as a hash, revocable.
 *
 * @example
 *   const principal = await Key.authenticate(database, "vgl_mem_…"); // throws `unauthenticated`
 */
import { and, desc, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { Database, Tx } from "../db/index.ts";
import * as Id from "../id.ts";
import type { Role } from "../member/wire.ts";
import { problem } from "../problem.ts";
import { generate, hash, kindOf } from "./format.ts";
import { apiKey, type KeyKind } from "./key.sql.ts";

export { generate, hash, kindOf } from "./format.ts";

/** Who is asking. Workers and operators belong to no account. */
export type Principal =
  | { kind: "device"; keyId: string; accountId: string; subjectId: string }
  /** With a key of theirs, or signed in in a browser. */
  | { kind: "member"; keyId: string | null; accountId: string; subjectId: string; role: Role }
  | { kind: "worker" | "operator"; keyId: string; subjectId: string };

type Row = {
  key_id: string;
  kind: KeyKind;
  account_id: string | null;
  subject_id: string;
  role: Role | null;
};

/** @throws `unauthenticated` when the key is malformed, unknown or revoked: which of these is not said. */
export async function authenticate(database: Database, key: string): Promise<Principal> {
  const row =
    kindOf(key) === undefined
      ? undefined
      : (await database.sql<Row[]>`select * from authenticate_key(${Buffer.from(hash(key))})`)[0];
  if (!row) {
    throw problem("unauthenticated", "expected a valid key in the Authorization header: Bearer vgl_…");
  }
  const { key_id: keyId, account_id: accountId, subject_id: subjectId, role } = row;
  if (row.kind === "device" && accountId !== null) return { kind: "device", keyId, accountId, subjectId };
  if (row.kind === "member" && accountId !== null && role !== null) {
    return { kind: "member", keyId, accountId, subjectId, role };
  }
  if (row.kind === "worker" || row.kind === "operator") return { kind: row.kind, keyId, subjectId };
  throw new Error(`key ${keyId} is of kind ${row.kind} but belongs to no account`);
}

export type Key = typeof apiKey.$inferSelect;

/** Makes a key for a device or a member of the current account. The answer is the only place where it stands in the clear. */
export async function issue(
  tx: Tx,
  owner: { accountId: string; kind: "device" | "member"; subjectId: string; name?: string; expiresAt?: Date },
): Promise<{ id: string; key: string; row: Key }> {
  const key = generate(owner.kind);
  const id = Id.create("key");
  const [row] = await tx
    .insert(apiKey)
    .values({ id, ...owner, hash: hash(key) })
    .returning();
  if (!row) throw new Error("expected the key that was just made");
  return { id, key, row };
}

/** @param memberId undefined: of every member */
export async function listOfMembers(tx: Tx, memberId: string | undefined): Promise<Key[]> {
  const isTheirs = memberId === undefined ? undefined : eq(apiKey.subjectId, memberId);
  return tx
    .select()
    .from(apiKey)
    .where(and(eq(apiKey.kind, "member"), isTheirs))
    .orderBy(desc(apiKey.id));
}

/** Revokes one key at once. Revoking it again changes nothing. @throws `not-found` */
export async function revoke(tx: Tx, subjectId: string, keyId: string, at: Date): Promise<void> {
  const revoked = await tx
    .update(apiKey)
    .set({ revokedAt: at })
    .where(and(eq(apiKey.id, keyId), eq(apiKey.subjectId, subjectId), isNull(apiKey.revokedAt)))
    .returning({ id: apiKey.id });
  if (revoked.length > 0) return;
  const known = await tx
    .select({ id: apiKey.id })
    .from(apiKey)
    .where(and(eq(apiKey.id, keyId), eq(apiKey.subjectId, subjectId)));
  if (known.length === 0) throw problem("not-found", `no key ${keyId} on ${subjectId}`);
}

/** Whether it was ever used; noted at most once a minute. */
export async function isUsed(tx: Tx, keyId: string): Promise<boolean> {
  const [row] = await tx.select({ lastUsedAt: apiKey.lastUsedAt }).from(apiKey).where(eq(apiKey.id, keyId));
  return row === undefined || row.lastUsedAt !== null;
}

/** Whether it is neither revoked nor past its term, by the clock of the database, as where it is authenticated. */
export async function isValid(tx: Tx, keyId: string): Promise<boolean> {
  const isUnended = or(isNull(apiKey.expiresAt), gt(apiKey.expiresAt, sql`now()`));
  const [found] = await tx
    .select({ id: apiKey.id })
    .from(apiKey)
    .where(and(eq(apiKey.id, keyId), isNull(apiKey.revokedAt), isUnended));
  return found !== undefined;
}

/** The keys of a device or member that are valid now. */
export async function listValid(tx: Tx, subjectId: string, at: Date): Promise<Key[]> {
  const isUnended = or(isNull(apiKey.expiresAt), gt(apiKey.expiresAt, at));
  return tx
    .select()
    .from(apiKey)
    .where(and(eq(apiKey.subjectId, subjectId), isNull(apiKey.revokedAt), isUnended));
}

/** Lets the valid keys of a device end at `until`, or now; those that end sooner stay as they are. @returns how many */
export async function retire(tx: Tx, subjectId: string, now: Date, until: Date): Promise<number> {
  const isLonger = or(isNull(apiKey.expiresAt), gt(apiKey.expiresAt, until));
  const retired = await tx
    .update(apiKey)
    .set(until > now ? { expiresAt: until } : { revokedAt: now })
    .where(and(eq(apiKey.subjectId, subjectId), isNull(apiKey.revokedAt), isLonger))
    .returning({ id: apiKey.id });
  return retired.length;
}

/** Of the account's devices and members. */
export async function revokeAll(tx: Tx, at: Date): Promise<void> {
  await tx.update(apiKey).set({ revokedAt: at }).where(isNull(apiKey.revokedAt));
}
