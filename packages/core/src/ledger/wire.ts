/** The ledger: everything that was accepted is under way or has ended, and the counts say so. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";

export const LedgerNoun = z.enum([
  "events",
  "sessions",
  "moments",
  "reviews",
  "digests",
  "allowance",
  "deliveries",
]);
export type LedgerNoun = z.infer<typeof LedgerNoun>;

const count = z.int();

export const LedgerLine = z
  .object({
    noun: LedgerNoun,
    accepted: count.describe("All that ever came: counted as they came, and never less"),
    underWay: count.describe("Of them, those that have not ended"),
    ended: count.describe("Of them, those that have"),
    missing: count.describe("accepted - underWay - ended: 0 while the line balances"),
    states: z
      .array(z.object({ state: z.string(), count, isUnderWay: z.boolean() }))
      .describe("The same by the state that they are in"),
  })
  .meta({ id: "LedgerLine" });
export type LedgerLine = z.infer<typeof LedgerLine>;

export const LedgerFaultKind = z.enum([
  "review-without-job",
  "review-without-digest",
  "allowance-not-ended",
  "delivery-never-due",
  "review-out-of-order",
]);
export type LedgerFaultKind = z.infer<typeof LedgerFaultKind>;

export const LedgerFault = z
  .object({
    kind: LedgerFaultKind,
    subject: z.string().describe("The id of the review or delivery"),
    detail: z.string(),
  })
  .meta({ id: "LedgerFault", description: "A row that nothing carries on, or whose parts contradict." });
export type LedgerFault = z.infer<typeof LedgerFault>;

const example = {
  noun: "deliveries" as const,
  accepted: 120,
  underWay: 2,
  ended: 118,
  missing: 0,
  states: [
    { state: "pending", count: 2, isUnderWay: true },
    { state: "delivered", count: 117, isUnderWay: false },
    { state: "failed", count: 1, isUnderWay: false },
    { state: "dropped", count: 0, isUnderWay: false },
  ],
};

export const LedgerView = z
  .object({
    at: Instant,
    balanced: z.boolean().describe("Whether nothing is missing and no row is at fault"),
    lines: z.array(LedgerLine),
    faults: z.array(LedgerFault).describe("At most 20"),
  })
  .meta({
    id: "Ledger",
    description: "What was accepted, what is under way and how the rest ended, at one instant.",
    examples: [{ at: "2026-07-02T18:02:11.000Z", balanced: true, lines: [example], faults: [] }],
  });
export type LedgerView = z.infer<typeof LedgerView>;

export const OperatorLedgerView = z
  .object({
    at: Instant,
    balanced: z.boolean(),
    lines: z.array(LedgerLine).describe("Of all accounts together"),
    unbalanced: z
      .array(z.object({ accountId: Id.of("account"), noun: LedgerNoun, missing: count }))
      .describe("Accounts of which a line does not balance, at most 20"),
    faults: z.array(LedgerFault.extend({ accountId: Id.of("account") })).describe("At most 20"),
  })
  .meta({ id: "OperatorLedger", description: "The ledger of all accounts together." });
export type OperatorLedgerView = z.infer<typeof OperatorLedgerView>;
