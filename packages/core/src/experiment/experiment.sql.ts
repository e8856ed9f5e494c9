import { doublePrecision, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "../db/tenant.ts";
import type { ModelName } from "../review/wire.ts";
import type { ExperimentState, PairOutcome, Standing } from "./wire.ts";

/** A model compared with the one in use. No policy: reached through functions only. */
export const experiment = pgTable("experiment", {
  id: text("id").primaryKey(),
  state: text("state").$type<ExperimentState>().notNull(),
  champion: jsonb("champion").$type<ModelName>().notNull(),
  challenger: jsonb("challenger").$type<ModelName>().notNull(),
  marginPoints: doublePrecision("margin_points").notNull(),
  slices: jsonb("slices").$type<string[]>().notNull(),
  /** Of live reviews, in which workers look at one picture with the challenger as well; 0: none. */
  shadowShare: doublePrecision("shadow_share").notNull().default(0),
  /** Of all its pairs, as they were judged last. */
  standing: jsonb("standing").$type<Standing>().notNull(),
  actor: text("actor").notNull(),
  openedAt: instant("opened_at").notNull(),
  endedAt: instant("ended_at"),
}).enableRLS();

/** An item that both models looked at, and who was right. Appended. No policy: reached through functions only. */
export const experimentPair = pgTable(
  "experiment_pair",
  {
    experimentId: text("experiment_id")
      .notNull()
      .references(() => experiment.id),
    key: text("key").notNull(),
    /** In the order in which they came. */
    no: integer("no").notNull(),
    outcome: text("outcome").$type<PairOutcome>().notNull(),
    slices: jsonb("slices").$type<string[]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.experimentId, table.key] }),
    index("experiment_pair_in_order").on(table.experimentId, table.no),
  ],
).enableRLS();
