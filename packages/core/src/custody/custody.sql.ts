import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { bytea, instant, ownRows } from "../db/tenant.ts";

/**
 * What is owed to the evidence log, and what was appended to it. A row is written in the transaction of what it tells: of
 * evidence by a trigger of `moment`, of digests by their flow. The log itself holds the hash alone, so that a row that is
 * removed leaves the log as it was, and nobody can tell any longer what the hash was of.
 */
export const logLeaf = pgTable(
  "log_leaf",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    /** A moment or a digest. It may be gone while its leaf is kept. */
    subject: text("subject").notNull(),
    /** 32 random bytes: whoever does not have them cannot try what the hash may be of. */
    salt: bytea("salt").notNull(),
    /** JSON (wire.ts), as it was hashed. */
    statement: bytea("statement").notNull(),
    /** RFC 6962's hash of the leaf, which is salt and statement. */
    hash: bytea("hash").notNull().generatedAlwaysAs(sql`sha256('\\x00'::bytea || salt || statement)`),
    /** Where it stands in the log; null: it is owed. */
    position: bigint("position", { mode: "number" }),
  },
  (table) => [
    ownRows(),
    index("log_leaf_by_subject").on(table.accountId, table.subject),
    index("log_leaf_owed").on(table.id).where(sql`position is null`),
  ],
);

/** The log's hashes, 256 a row. No policy: they are no account's, and reached through functions only. */
export const logTile = pgTable(
  "log_tile",
  {
    level: integer("level").notNull(),
    no: bigint("no", { mode: "number" }).notNull(),
    hashes: bytea("hashes").notNull(),
  },
  (table) => [primaryKey({ columns: [table.level, table.no] })],
).enableRLS();

/** Signed states of the log. A size is signed once: two who append at the same time cannot both. */
export const logCheckpoint = pgTable(
  "log_checkpoint",
  {
    size: bigint("size", { mode: "number" }).primaryKey(),
    root: bytea("root").notNull(),
    note: text("note").notNull(),
    signedAt: instant("signed_at").notNull(),
    /** RFC 3161's token over the note, DER; null: there is none, or not yet. */
    timeStamp: bytea("time_stamp"),
  },
  (table) => [index("log_checkpoint_unstamped").on(table.signedAt).where(sql`time_stamp is null`)],
).enableRLS();
