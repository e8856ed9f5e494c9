import { jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "../db/tenant.ts";

/** State of the whole system, one row a name (`overload`). No policy: reached through functions only. */
export const systemState = pgTable("system_state", {
  name: text("name").primaryKey(),
  value: jsonb("value").notNull(),
  updatedAt: instant("updated_at").notNull(),
}).enableRLS();
