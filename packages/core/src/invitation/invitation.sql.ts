import { index, pgTable, text } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { bytea, instant, ownRows, withinAccount } from "../db/tenant.ts";
import { member } from "../member/member.sql.ts";
import type { Role } from "../member/wire.ts";

/** A link that makes whoever opens it a member, once. */
export const invitation = pgTable(
  "invitation",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    role: text("role").$type<Role>().notNull(),
    /** SHA-256 of the link's secret, which is shown once and never stored. */
    hash: bytea("hash").notNull(),
    /** It is worth nothing once they are no owner any longer. */
    invitedBy: text("invited_by").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    acceptedAt: instant("accepted_at"),
    revokedAt: instant("revoked_at"),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.invitedBy], member),
    index("invitation_by_account").on(table.accountId),
  ],
);
