/** Models: which are known, which is in use, and who decided so why, as operators read it. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { ModelName } from "../review/wire.ts";
import { text } from "../text.ts";

const count = z.int().min(0);

export const DecisionKind = z.enum(["promote", "roll-back"]).meta({ id: "ModelDecisionKind" });
export type DecisionKind = z.infer<typeof DecisionKind>;

export const ModelInput = z
  .strictObject({
    name: text().min(1).max(200).describe("As workers find it: of their catalogue, or prepared beside it"),
    sha256: ModelName.shape.sha256.describe("Of the prepared file, as its manifest says"),
    licence: text().min(1).max(200),
    agreement: text().max(1_000).default("").describe("How it agrees with another model, and on what"),
  })
  .meta({
    id: "ModelInput",
    examples: [
      {
        name: "efficientdet-lite2",
        sha256: "1".repeat(64),
        licence: "Apache-2.0",
        agreement: "99 % of the people and vehicles that yolov8n finds",
      },
    ],
  });
export type ModelInput = z.infer<typeof ModelInput>;

/** What is signed of a decision. */
export const DecisionLeaf = z.object({
  no: z.int().min(1),
  kind: DecisionKind,
  model: ModelName.nullable(),
  before: ModelName.nullable(),
  reason: z.string(),
  actor: z.string(),
  at: Instant,
  experiment: z
    .object({
      id: Id.of("experiment"),
      marginPoints: z.number(),
      wins: count,
      losses: count,
      ties: count,
      evidence: z.number().describe("Natural logarithm"),
      slices: z.array(z.object({ name: z.string(), wins: count, losses: count, ties: count })),
    })
    .nullable()
    .describe("What it rests on; null: somebody's word"),
});
export type DecisionLeaf = z.infer<typeof DecisionLeaf>;

export const ModelsView = z
  .object({
    current: ModelName.nullable().describe("What workers are to use; null: what each was started with"),
    decisions: z.array(DecisionLeaf.meta({ id: "ModelDecision" })).describe("The newest first, 50 at most"),
    lastDecision: count.describe("The number of the newest; 0: there is none"),
    registered: z.array(ModelInput.extend({ registeredAt: Instant }).meta({ id: "RegisteredModel" })),
    inUse: z
      .array(z.object({ model: ModelName, workers: count }).meta({ id: "ModelInUse" }))
      .describe("What workers say that they run"),
  })
  .meta({ id: "Models" });
export type ModelsView = z.infer<typeof ModelsView>;

const after = count.describe(
  "The newest decision that whoever decides has seen: with another, it is refused",
);
const reason = text().min(1).max(500);
export const PromotionInput = z.strictObject({ sha256: ModelName.shape.sha256, after, reason }).meta({
  id: "ModelPromotionInput",
  examples: [{ sha256: "1".repeat(64), after: 0, reason: "its licence" }],
});
export type PromotionInput = z.infer<typeof PromotionInput>;
export const RollBackInput = z
  .strictObject({ after, reason })
  .meta({ id: "ModelRollBackInput", examples: [{ after: 1, reason: "people are missed at night" }] });
export type RollBackInput = z.infer<typeof RollBackInput>;

export const DecisionRecord = z
  .object({
    publicKey: z.string().describe("Who signed it, as C2SP signed-note writes keys"),
    manifest: z
      .object({
        format: z.string(),
        segments: z.array(z.object({ name: z.string(), leaves: z.int(), root: z.string() })),
        note: z.string(),
      })
      .nullable()
      .describe("manifest.json, to the letter; null: nothing was decided"),
    segments: z
      .array(z.object({ name: z.string(), text: z.string() }))
      .describe("Files beside manifest.json, named by their hash"),
  })
  .meta({
    id: "ModelDecisionRecord",
    description: "All decisions on models, signed: `vigil-verify` checks it offline.",
  });
export type DecisionRecord = z.infer<typeof DecisionRecord>;
