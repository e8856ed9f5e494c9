import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows } from "../db/tenant.ts";

/** Who did what to which thing: appended, never changed. */
export const audit = pgTable(
  "audit",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    /** A key's subject (`dev_…`, `mbr_…`), a worker's or operator's name, or `system`. */
    actor: text("actor").notNull(),
    action: text("action").notNull(),
    subject: text("subject").notNull(),
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull(),
    at: instant("at").notNull(),
  },
  (table) => [ownRows(), index("audit_by_account").on(table.accountId, table.id)],
);
