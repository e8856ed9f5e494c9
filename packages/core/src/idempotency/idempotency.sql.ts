import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { bytea, instant, ownRows } from "../db/tenant.ts";

/** Answers that were given under an Idempotency-Key; `status` is null while the first request still runs, and 0 once it
 * has been carried out and not been answered yet. */
export const idempotency = pgTable(
  "idempotency",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    /** The device or member that sent the key: two principals may use the same one. */
    principal: text("principal").notNull(),
    key: text("key").notNull(),
    /** SHA-256 of method, path and body. */
    fingerprint: bytea("fingerprint").notNull(),
    status: integer("status"),
    /** Encrypted under the credential of the asker. */
    body: text("body"),
    createdAt: instant("created_at").notNull(),
    /** A request that has not answered by then has died: its key is free again. */
    lockedUntil: instant("locked_until").notNull(),
  },
  (table) => [
    ownRows(),
    primaryKey({ columns: [table.accountId, table.principal, table.key] }),
    index("idempotency_by_time").on(table.createdAt),
  ],
);
