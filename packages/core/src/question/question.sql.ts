import { sql } from "drizzle-orm";
import {
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
import { instant, ownRows, withinAccount } from "../db/tenant.ts";
import { run } from "../run/run.sql.ts";
import type { RunRule, Verdict } from "./wire.ts";

const accountId = () =>
  text("account_id")
    .notNull()
    .references(() => account.id);

/** What is asked of one item of a run. */
export const question = pgTable(
  "question",
  {
    id: text("id").primaryKey(),
    accountId: accountId(),
    runId: text("run_id").notNull(),
    itemNo: integer("item_no").notNull(),
    /** 2: the same, asked once more. */
    asking: integer("asking").notNull(),
    /** Which of the run's rules the item is near to the boundary of, and that rule. */
    ruleNo: integer("rule_no").notNull(),
    asks: jsonb("asks").$type<RunRule>().notNull(),
    margin: doublePrecision("margin").notNull(),
    /** `closed`: nobody answered before the run was sealed or cancelled. */
    state: text("state").$type<"open" | "answered" | "closed">().notNull(),
    /** The last answer, unless it was taken back. */
    verdict: text("verdict").$type<Verdict>(),
    answeredBy: text("answered_by"),
    answeredAt: instant("answered_at"),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.runId], run),
    unique("question_of_account").on(table.accountId, table.id),
    unique("question_of_item").on(table.accountId, table.runId, table.itemNo, table.asking),
    index("question_open").on(table.accountId, table.runId).where(sql`state = 'open'`),
    check("question_asked_twice", sql`asking in (1, 2)`),
  ],
);

/** What people said: appended, of which the last counts. Null: they took back what they had said. */
export const answer = pgTable(
  "answer",
  {
    accountId: accountId(),
    questionId: text("question_id").notNull(),
    no: integer("no").notNull(),
    verdict: text("verdict").$type<Verdict>(),
    actor: text("actor").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.questionId], question),
    primaryKey({ columns: [table.accountId, table.questionId, table.no] }),
  ],
);
