import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { bytea, instant, ownRows, withinAccount } from "../db/tenant.ts";
import type { RunRules } from "../question/wire.ts";
import type { ModelName } from "../review/wire.ts";
import type { ComparedBy, End, RunState } from "./wire.ts";

const accountId = () =>
  text("account_id")
    .notNull()
    .references(() => account.id);

export const run = pgTable(
  "run",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    source: text("source").notNull(),
    state: text("state").$type<RunState>().notNull(),
    pausedAt: instant("paused_at"),
    /** What all of it is looked at with: the newest worker's when it was opened, or the first that reported. */
    model: jsonb("model").$type<ModelName>(),
    /** What findings depend on beside bytes and model. */
    policyHash: text("policy_hash").notNull(),
    /** What its groups were made by; null until it is grouped. */
    comparedBy: text("compared_by").$type<ComparedBy>(),
    rules: jsonb("rules").$type<RunRules>(),
    /** Where its camera stands. */
    zone: text("zone"),
    /** Items that are near to a boundary of the rules; null until that is known. */
    nearItems: integer("near_items"),
    /** Its source is on probation: `sample`: the first chunk is looked at first; then the rest is (`passed`), or is not (`closed`). */
    gate: text("gate").$type<"sample" | "passed" | "closed">(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    ownRows(),
    unique("run_of_account").on(table.accountId, table.id),
    index("run_by_source").on(table.accountId, table.source, table.createdAt),
    index("run_to_group").on(table.createdAt).where(sql`state = 'grouping'`),
  ],
);

/** At most 256 items in order: the unit of work. Reported once a step. */
export const runChunk = pgTable(
  "run_chunk",
  {
    accountId: accountId(),
    runId: text("run_id").notNull(),
    no: integer("no").notNull(),
    /** Items are still missing; it waits for the run's first chunk; it waits for a place in the queue; its message was sent; all its items have ended. */
    state: text("state").$type<"gathering" | "held" | "waiting" | "sent" | "ended">().notNull(),
    step: integer("step").notNull().default(0),
    claimedUntil: instant("claimed_until"),
    sentAt: instant("sent_at"),
    /** Of the last report that was stored. */
    resultHash: bytea("result_hash"),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.runId], run),
    primaryKey({ columns: [table.runId, table.no] }),
    index("run_chunk_by_account").on(table.accountId, table.runId, table.no),
    index("run_chunk_waiting")
      .on(table.accountId, table.createdAt, table.runId, table.no)
      .where(sql`state = 'waiting'`),
    index("run_chunk_sent").on(table.sentAt).where(sql`state = 'sent'`),
  ],
);

export const runItem = pgTable(
  "run_item",
  {
    accountId: accountId(),
    runId: text("run_id").notNull(),
    no: integer("no").notNull(),
    name: text("name").notNull(),
    sha256: text("sha256").notNull(),
    /** Null: open. */
    ending: text("ending").$type<Exclude<End, "asked">>(),
    reason: text("reason"),
    /** The number of the first item of its group. */
    groupNo: integer("group_no"),
    /** What whoever gives it says that it shows. */
    declared: text("declared"),
    /** From the boundary of the run's rules. */
    margin: doublePrecision("margin"),
    /** People are asked about it, and have not answered: it counts as `asked`, and not as what it ended as. */
    isAsked: boolean("is_asked").notNull().default(false),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.runId], run),
    primaryKey({ columns: [table.runId, table.no] }),
    index("run_item_by_account").on(table.accountId, table.runId, table.no),
    index("run_item_open").on(table.runId, table.no).where(sql`ending is null`),
    index("run_item_content").on(table.runId, table.sha256),
    index("run_item_grouped").on(table.runId, table.groupNo, table.no).where(sql`group_no is not null`),
    check(
      "run_item_ends",
      sql`ending in ('inspected', 'reused', 'unreadable', 'refused', 'dead') and no >= 0 or ending is null and no >= 0`,
    ),
  ],
);

/** Bytes that the account has uploaded for runs, by what they hash to. */
export const runContent = pgTable(
  "run_content",
  {
    accountId: accountId(),
    sha256: text("sha256").notNull(),
    bytes: integer("bytes").notNull(),
    contentType: text("content_type").notNull(),
    storedAt: instant("stored_at").notNull(),
  },
  (table) => [ownRows(), primaryKey({ columns: [table.accountId, table.sha256] })],
);

/** What people said of two contents of an account: whether they show the same. The lesser hash is the first. */
export const groupDecision = pgTable(
  "group_decision",
  {
    accountId: accountId(),
    firstSha256: text("first_sha256").notNull(),
    secondSha256: text("second_sha256").notNull(),
    isSame: boolean("is_same").notNull(),
    decidedAt: instant("decided_at").notNull(),
  },
  (table) => [
    ownRows(),
    primaryKey({ columns: [table.accountId, table.firstSha256, table.secondSha256] }),
    check("group_decision_in_order", sql`first_sha256 < second_sha256`),
  ],
);
