/** Sources: who gives pictures, what people and facts say of them, and what follows. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { source as limits } from "../limits.ts";
import { text } from "../text.ts";

const count = z.int().min(0);
const unit = z.number().min(0).max(1);

export const SourceKind = z.enum(["device", "run"]).meta({
  id: "SourceKind",
  description: "`device`: a camera or gateway that reports events; `run`: what runs name as their source.",
});
export type SourceKind = z.infer<typeof SourceKind>;

export const SourceState = z.enum(["trusted", "probation", "blocked"]).meta({
  id: "SourceState",
  description:
    "`trusted`; `probation`: the first pictures of its runs are looked at before the rest, within a quota; `blocked`: its runs are refused, and its sessions are not reviewed by themselves. What threatens life is looked at in any state.",
});
export type SourceState = z.infer<typeof SourceState>;

export const Fault = z.enum(["off-topic", "duplicates", "broken"]).meta({
  id: "SourceFault",
  description:
    "`off-topic`: not what it should be, by people's word and by the rules of its runs; `duplicates`: the same bytes once more; `broken`: pictures that no decoder takes, or that are not what was announced.",
});
export type Fault = z.infer<typeof Fault>;

export const Share = z
  .object({
    fault: Fault,
    found: count,
    of: count.describe("How many could be told"),
    low: unit.describe(
      "The share is at least this, as far as they tell (95 %): what is held against the limits",
    ),
    high: unit,
    probationFrom: unit,
    blockedFrom: unit,
  })
  .meta({ id: "SourceShare" });
export type Share = z.infer<typeof Share>;

export const SourceView = z
  .object({
    id: Id.of("source"),
    kind: SourceKind,
    name: z.string(),
    device: Id.of("device").nullable(),
    state: SourceState,
    since: Instant.describe("Since when it is in this state; what was before counts no more"),
    reasons: z.array(Share).describe("Why it came into this state; empty: nothing was found against it"),
    shares: z.array(Share).describe("Of the last 30 days, or of what came since then"),
    wayBack: z
      .object({
        until: Instant.nullable().describe("When time alone leads on; null: nothing leads on by itself"),
        judged: count.describe("What could be told since then"),
        wanted: count.describe("How much must be told, and be good, for it to be trusted again"),
      })
      .nullable()
      .describe("Null: it is trusted"),
    quota: z
      .object({ itemsPerRun: count.nullable(), itemsPerDay: count.nullable() })
      .describe("What it may give; null: no limit of its own"),
    overruled: z
      .object({ by: z.string(), reason: z.string(), at: Instant })
      .nullable()
      .describe("When an owner last said otherwise"),
  })
  .meta({ id: "Source" });
export type SourceView = z.infer<typeof SourceView>;

export const SourceList = z.object({ items: z.array(SourceView) }).meta({ id: "SourceList" });
export type SourceList = z.infer<typeof SourceList>;

const quota = z.int().min(0).max(limits.quotaMax).nullable().optional();
export const SourceChange = z
  .strictObject({
    state: SourceState.optional(),
    reason: text()
      .regex(/\S/, "expected a reason")
      .max(limits.reasonCharsMax)
      .optional()
      .describe("Wanted with a state"),
    itemsPerRun: quota,
    itemsPerDay: quota.describe("Of runs that were opened within 24 hours"),
  })
  .refine(({ state, reason }) => state === undefined || reason !== undefined, {
    error: "expected a reason for the state",
    path: ["reason"],
  })
  .meta({
    id: "SourceChange",
    examples: [{ state: "trusted", reason: "The lens was cleaned" }],
  });
export type SourceChange = z.infer<typeof SourceChange>;
