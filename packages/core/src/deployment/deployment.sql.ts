import { doublePrecision, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "../db/tenant.ts";
import type { DeploymentState, Traffic } from "./wire.ts";

/** A new version of the API that takes a share of the requests, and what came of it. No policy: reached through functions only. */
export const deployment = pgTable("deployment", {
  id: text("id").primaryKey(),
  state: text("state").$type<DeploymentState>().notNull(),
  version: text("version").notNull(),
  stable: text("stable").notNull(),
  /** While it runs. */
  share: doublePrecision("share").notNull(),
  observations: integer("observations").notNull().default(0),
  traffic: jsonb("traffic").$type<{ canary: Traffic; stable: Traffic }>().notNull(),
  reasons: jsonb("reasons").$type<string[]>().notNull(),
  actor: text("actor").notNull(),
  openedAt: instant("opened_at").notNull(),
  endedAt: instant("ended_at"),
}).enableRLS();
