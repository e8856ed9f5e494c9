/**
 * The evidence log: of every piece of evidence, and of all that digests say, a salted hash in one append-only Merkle tree of
 * all accounts. What is logged is owed in the transaction that it tells of, without a lock (evidence by a trigger of
 * `moment`), and appended later, by one at a time (flow/operate/append-log.ts).
 */
import { randomBytes } from "node:crypto";
import { rootOf } from "@vigil/verify";
import type { Tile, TileName } from "@vigil/verify/tiles";
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Queryable, Tx } from "../db/index.ts";
import { logLeaf } from "./custody.sql.ts";
import { type DigestStatement, EvidenceStatement } from "./wire.ts";

export { hashOfTold } from "./told.ts";

const saltBytes = 32;
/** Any constant: whoever appends to the log holds this advisory lock. */
const appendLock = 7_241_988;

/** Owes the log what a digest says now; what it has said before is not owed again. */
export async function oweDigest(tx: Tx, said: Omit<DigestStatement, "v" | "kind">): Promise<void> {
  const { account: accountId, digest: subject } = said;
  const statement = statementOf(said);
  const isSame = and(
    eq(logLeaf.accountId, accountId),
    eq(logLeaf.subject, subject),
    eq(logLeaf.statement, statement),
  );
  const [known] = await tx.select({ id: logLeaf.id }).from(logLeaf).where(isSame).limit(1);
  if (known) return;
  await tx.insert(logLeaf).values({ accountId, subject, salt: randomBytes(saltBytes), statement });
}

function statementOf({ account, digest, session, told }: Omit<DigestStatement, "v" | "kind">): Buffer {
  const written: DigestStatement = { v: 1, kind: "digest", account, digest, session, told };
  return Buffer.from(JSON.stringify(written));
}

/**
 * Makes the log forget what a digest has said before what it says now: whoever knows most of its words could try the rest. The
 * hashes stay, and the log verifies as before. Whoever calls holds the log's lock. @returns how many
 */
export async function forgetEarlier(
  sql: Queryable,
  said: Omit<DigestStatement, "v" | "kind">,
): Promise<number> {
  const [row] = await sql<{ leaves: number }[]>`
    select forget_earlier_leaves(${said.account}, ${said.digest}, ${statementOf(said)})::int as leaves`;
  return row?.leaves ?? 0;
}

export type Leaf = Pick<typeof logLeaf.$inferSelect, "subject" | "salt" | "statement" | "position">;

/** Of an account's moments and digests, in the order in which they were owed. */
export async function listLeaves(tx: Tx, subjects: readonly string[]): Promise<Leaf[]> {
  const { subject, salt, statement, position } = logLeaf;
  return tx
    .select({ subject, salt, statement, position })
    .from(logLeaf)
    .where(inArray(subject, [...subjects]))
    .orderBy(asc(logLeaf.id));
}

const Logged = EvidenceStatement.pick({ sha256: true });

/** Of moments: the hash that was logged, or is owed, by the moment's id. */
export async function findHashes(
  tx: Tx,
  momentIds: readonly string[],
): Promise<Map<string, { isAppended: boolean; sha256: string }>> {
  const leaves = momentIds.length === 0 ? [] : await listLeaves(tx, momentIds);
  return new Map(
    leaves.map(({ subject, statement, position }) => {
      const { sha256 } = Logged.parse(JSON.parse(Buffer.from(statement).toString()));
      return [subject, { isAppended: position !== null, sha256 }];
    }),
  );
}

/**
 * Makes the log forget what its leaves of the account were of: salts and statements go, the hashes stay, and the log
 * verifies as before. @returns how many
 */
export async function shred(sql: Queryable, accountId: string): Promise<number> {
  const [row] = await sql<{ leaves: number }[]>`select shred_leaves(${accountId})::int as leaves`;
  return row?.leaves ?? 0;
}

export type SignedState = { size: number; root: Uint8Array; note: string; signedAt: Date };
/** As it is kept, with an authority's time stamp over its note where there is one. */
export type KeptState = SignedState & { timeStamp: Uint8Array | null };

/** The newest signed state; undefined while the log is empty. */
export async function findNewest(sql: Queryable): Promise<KeptState | undefined> {
  const [found] = await sql<
    KeptState[]
  >`select size::float8 as size, root, note, signed_at as "signedAt", time_stamp as "timeStamp"
    from newest_checkpoint()`;
  return found;
}

/** The earliest signed state of so many leaves at least. */
export async function findCovering(sql: Queryable, size: number): Promise<KeptState | undefined> {
  const [found] = await sql<
    KeptState[]
  >`select size::float8 as size, root, note, signed_at as "signedAt", time_stamp as "timeStamp"
    from checkpoint_covering(${size})`;
  return found;
}

/** Signed states since then that have no time stamp, the newest first. */
export async function listUnstamped(sql: Queryable, since: Date, countMax: number): Promise<SignedState[]> {
  return sql<SignedState[]>`select size::float8 as size, root, note, signed_at as "signedAt"
    from unstamped_checkpoints(${since}, ${countMax})`;
}

/** Once: a state that has a time stamp keeps it. */
export async function keepTimeStamp(sql: Queryable, size: number, token: Uint8Array): Promise<void> {
  await sql`select keep_time_stamp(${size}, ${token})`;
}

/** The log without leaves. */
export async function emptyState(): Promise<{ size: number; root: Uint8Array }> {
  return { size: 0, root: await rootOf(new Uint8Array()) };
}

/** @returns those that are there */
export async function readTiles(sql: Queryable, names: readonly TileName[]): Promise<Tile[]> {
  const levels = names.map(({ level }) => String(level));
  const nos = names.map(({ no }) => String(no));
  return sql<
    Tile[]
  >`select level, no::float8 as no, hashes from read_log_tiles(${levels}::int[], ${nos}::bigint[])`;
}

/** Until the transaction ends nobody else appends. @returns false when somebody is at it */
export async function lockLog(sql: Queryable): Promise<boolean> {
  const [row] = await sql<{ held: boolean }[]>`select pg_try_advisory_xact_lock(${appendLock}) as held`;
  return row?.held === true;
}

export type Owed = { id: string; hash: Uint8Array };

/** What was committed and is not in the log, oldest first. */
export async function listOwed(sql: Queryable, countMax: number): Promise<Owed[]> {
  return sql<Owed[]>`select id::text as id, hash from owed_leaves(${countMax})`;
}

/**
 * Appends leaves and signs for them, both or neither. The database refuses when the log has another size by now, when one of
 * the leaves is not owed any longer, and when a tile does not begin with what it held.
 */
export async function append(
  sql: Queryable,
  appended: { before: number; ids: readonly string[]; tiles: readonly Tile[]; state: SignedState },
): Promise<void> {
  const { before, ids, tiles, state } = appended;
  const levels = tiles.map(({ level }) => String(level));
  const nos = tiles.map(({ no }) => String(no));
  const hashes = tiles.map((tile) => Buffer.from(tile.hashes).toString("base64"));
  await sql`select append_to_log(${before}, ${ids}::bigint[], ${levels}::int[], ${nos}::bigint[], ${hashes}::text[],
    ${state.size}, ${state.root}, ${state.note}, ${state.signedAt})`;
}
