import { pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows } from "../db/tenant.ts";

export const roles = ["owner", "member", "viewer"] as const;
export type Role = (typeof roles)[number];

export const member = pgTable(
  "member",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    name: text("name").notNull(),
    role: text("role").$type<Role>().notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [ownRows(), uniqueIndex("member_by_account").on(table.accountId, table.id)],
);
