import { foreignKey, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows } from "../db/tenant.ts";
import { member } from "../member/member.sql.ts";
import { digest } from "./digest.sql.ts";

/** Which digests a member has read, of those that are newer than what they have read all of (`member.read_until`). */
export const reading = pgTable(
  "reading",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    memberId: text("member_id").notNull(),
    digestId: text("digest_id").notNull(),
    /** Null: called unread again. A digest that has grown since is unread too. */
    readAt: instant("read_at"),
  },
  (table) => [
    ownRows(),
    // What somebody has read goes with them, and with the digest.
    foreignKey({
      columns: [table.accountId, table.memberId],
      foreignColumns: [member.accountId, member.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [table.accountId, table.digestId],
      foreignColumns: [digest.accountId, digest.id],
    }).onDelete("cascade"),
    primaryKey({ columns: [table.memberId, table.digestId] }),
    index("reading_by_account").on(table.accountId, table.memberId, table.digestId),
    index("reading_by_digest").on(table.digestId),
  ],
);
