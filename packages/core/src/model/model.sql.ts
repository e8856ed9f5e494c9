import { integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "../db/tenant.ts";
import type { ModelName } from "../review/wire.ts";
import type { DecisionKind, DecisionLeaf } from "./wire.ts";

/** Prepared models that an operator has registered, by the hash of their file. No policy: reached through functions only. */
export const model = pgTable("model", {
  sha256: text("sha256").primaryKey(),
  name: text("name").notNull(),
  licence: text("licence").notNull(),
  /** How it agrees with another, and on what that was measured. */
  agreement: text("agreement").notNull(),
  actor: text("actor").notNull(),
  registeredAt: instant("registered_at").notNull(),
}).enableRLS();

/** Which model is in use: what the last of these says. Appended, never changed. No policy: reached through functions only. */
export const modelDecision = pgTable("model_decision", {
  /** From 1, without gaps: of two who decide at once, one has it. */
  no: integer("no").primaryKey(),
  kind: text("kind").$type<DecisionKind>().notNull(),
  /** Null: what each worker was started with. */
  model: jsonb("model").$type<ModelName>(),
  leaf: jsonb("leaf").$type<DecisionLeaf>().notNull(),
  /** The signed checkpoint of a manifest of all decisions up to this one. */
  note: text("note").notNull(),
}).enableRLS();
