import { jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { bytea, instant, ownRows } from "../db/tenant.ts";
import type { Detection } from "../digest/wire.ts";

/** What a model saw in bytes of an account: kept, so that the same is never looked at twice. Never shared between accounts. */
export const inspection = pgTable(
  "inspection",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    sha256: text("sha256").notNull(),
    modelSha256: text("model_sha256").notNull(),
    policyHash: text("policy_hash").notNull(),
    outcome: text("outcome").$type<"inspected" | "unreadable">().notNull(),
    detections: jsonb("detections").$type<Detection[]>().notNull(),
    /** Difference hash, 16 hexadecimal digits; null: unreadable. */
    hash: text("hash"),
    /** Numbers of 0..127, as the model pools its own features; null: unreadable, or the model has none. */
    embedding: bytea("embedding"),
    reason: text("reason"),
    inspectedAt: instant("inspected_at").notNull(),
  },
  (table) => [
    ownRows(),
    primaryKey({ columns: [table.accountId, table.sha256, table.modelSha256, table.policyHash] }),
  ],
);
