import { sql } from "drizzle-orm";
import { check, doublePrecision, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "../db/tenant.ts";
import type { ModelName } from "../review/wire.ts";

/** The latest heartbeat of each worker. No policy: the application reaches it through functions only. */
export const worker = pgTable(
  "worker",
  {
    id: text("id").primaryKey(),
    model: jsonb("model").$type<ModelName>().notNull(),
    provider: text("provider").notNull(),
    itemsPerSecond: doublePrecision("items_per_second").notNull(),
    itemsPerSecondCapacity: doublePrecision("items_per_second_capacity").notNull(),
    batchP50Ms: doublePrecision("batch_p50_ms").notNull(),
    batchP95Ms: doublePrecision("batch_p95_ms").notNull(),
    inFlight: integer("in_flight").notNull(),
    seenAt: instant("seen_at").notNull(),
  },
  () => [
    // Sums over workers stay numbers, whoever wrote the rows (limits.ts).
    check(
      "worker_is_possible",
      sql`items_per_second between 0 and 100000 and items_per_second_capacity between 0 and 100000
      and batch_p50_ms between 0 and 2592000000 and batch_p95_ms between 0 and 2592000000 and in_flight between 0 and 100000`,
    ),
  ],
).enableRLS();
