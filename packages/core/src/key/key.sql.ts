import { index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { bytea, instant, ownRows } from "../db/tenant.ts";

export const keyKinds = ["device", "member", "worker", "operator"] as const;
export type KeyKind = (typeof keyKinds)[number];

/** Keys of every kind. Those of workers and operators belong to no account, so no account can see them. */
export const apiKey = pgTable(
  "api_key",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id").references(() => account.id),
    kind: text("kind").$type<KeyKind>().notNull(),
    /** The device or member whose key it is; for workers and operators a name. */
    subjectId: text("subject_id").notNull(),
    /** SHA-256 of the key: the key itself is shown once and never stored. */
    hash: bytea("hash").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    lastUsedAt: instant("last_used_at"),
    revokedAt: instant("revoked_at"),
  },
  (table) => [
    ownRows(),
    uniqueIndex("api_key_hash").on(table.hash),
    index("api_key_by_subject").on(table.subjectId),
  ],
);
