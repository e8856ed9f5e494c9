import { index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { bytea, instant, ownRows, withinAccount } from "../db/tenant.ts";
import { digest } from "../digest/digest.sql.ts";
import { member } from "../member/member.sql.ts";

/** A link by which anybody may read one digest, until it expires or is revoked. */
export const share = pgTable(
  "share",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    digestId: text("digest_id").notNull(),
    /** Who made it. */
    memberId: text("member_id").notNull(),
    /** SHA-256 of the token in the link, which is shown once and never stored. */
    tokenHash: bytea("token_hash").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
    openings: integer("openings").notNull().default(0),
    lastOpenedAt: instant("last_opened_at"),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.digestId], digest),
    withinAccount([table.accountId, table.memberId], member),
    uniqueIndex("share_by_token").on(table.tokenHash),
    index("share_by_account").on(table.accountId, table.id),
    index("share_by_digest").on(table.digestId),
  ],
);
