import { sql } from "drizzle-orm";
import { pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows } from "../db/tenant.ts";
import { signInPerson } from "../sign-in/sign-in.sql.ts";
import type { Role } from "./wire.ts";

export const member = pgTable(
  "member",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    name: text("name").notNull(),
    role: text("role").$type<Role>().notNull(),
    /** Who signs in as this member; null: nobody does, and it has keys alone. */
    personId: text("person_id").references(() => signInPerson.id, { onDelete: "set null" }),
    /** Under which the person joined. */
    email: text("email"),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** Digests that have not grown since then are read; null: those that were there when the member joined. */
    readUntil: instant("read_until"),
    /** Their row stays, for what they did. */
    removedAt: instant("removed_at"),
  },
  (table) => [
    ownRows(),
    uniqueIndex("member_by_account").on(table.accountId, table.id),
    uniqueIndex("member_once_per_account").on(table.personId, table.accountId).where(sql`removed_at is null`),
  ],
);
