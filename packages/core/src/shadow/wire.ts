/** Shadow looks: a challenger looks at pictures of live reviews as well, for its experiment alone, as workers and operators see it. */
import * as z from "zod";
import { Box, Detection, Picture } from "../digest/wire.ts";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { review } from "../limits.ts";
import { JobMoment, ModelName } from "../review/wire.ts";
import { text } from "../text.ts";

/** In the answer to a heartbeat. */
export const ShadowWish = z
  .object({
    experimentId: Id.of("experiment"),
    model: ModelName.describe("The challenger"),
    share: z.number().min(0).max(1).describe("Of reviews, by a hash of their ids"),
  })
  .meta({ id: "ShadowWish", description: "What workers are to look at a share of reviews with as well." });
export type ShadowWish = z.infer<typeof ShadowWish>;

/** `POST /worker/v1/experiments/{id}/looks` */
export const ShadowRequest = z
  .strictObject({
    reviewId: Id.of("review"),
    model: ModelName.describe("The challenger, as the worker has it"),
  })
  .meta({
    id: "ShadowRequest",
    examples: [
      { reviewId: `rev_${Id.exampleDigits}`, model: { name: "efficientdet-lite2", sha256: "1".repeat(64) } },
    ],
  });
export type ShadowRequest = z.infer<typeof ShadowRequest>;

export const ShadowItem = JobMoment.pick({
  id: true,
  url: true,
  expiresAt: true,
  sha256: true,
  bytes: true,
  contentType: true,
}).meta({ id: "ShadowItem", description: "The one picture of the review that is looked at once more." });
export type ShadowItem = z.infer<typeof ShadowItem>;

export const ShadowReply = z
  .object({ item: ShadowItem.nullable().describe("Null: this review is not to be looked at") })
  .meta({ id: "ShadowReply" });
export type ShadowReply = z.infer<typeof ShadowReply>;

/** `POST /worker/v1/experiments/{id}/results` */
export const ShadowReport = ShadowRequest.extend({
  momentId: Id.of("moment"),
  detections: z
    .array(Detection.pick({ label: true, confidence: true, box: true }))
    .max(review.detectionsPerMomentMax),
}).meta({
  id: "ShadowReport",
  description: "What the challenger saw. It is in no digest.",
  examples: [
    {
      reviewId: `rev_${Id.exampleDigits}`,
      model: { name: "efficientdet-lite2", sha256: "1".repeat(64) },
      momentId: `mom_${Id.exampleDigits}`,
      detections: [{ label: "person", confidence: 0.87, box: [0.4, 0.3, 0.1, 0.4] }],
    },
  ],
});
export type ShadowReport = z.infer<typeof ShadowReport>;

export const ShadowStored = z
  .object({ status: z.enum(["stored", "already-stored", "not-wanted"]) })
  .meta({ id: "ShadowStored" });
export type ShadowStored = z.infer<typeof ShadowStored>;

const BlindThing = z.object({ label: text().max(64), box: Box }).meta({
  id: "BlindThing",
  description: "Without its confidence, which would tell the models apart.",
});
export type BlindThing = z.infer<typeof BlindThing>;

export const Disagreement = z
  .object({
    no: z.int().min(1),
    picture: Picture,
    a: z.array(BlindThing).describe("What one model saw; which one it is is not told"),
    b: z.array(BlindThing),
    kinds: z.array(z.string()).describe("Of what only one of them saw"),
    lookedAt: Instant,
  })
  .meta({ id: "Disagreement", description: "A picture of which two models say different things." });
export type Disagreement = z.infer<typeof Disagreement>;

export const Disagreements = z
  .object({
    items: z.array(Disagreement).describe("The oldest first"),
    openMax: z.int().describe("While so many wait for an answer, no more are looked for"),
  })
  .meta({ id: "Disagreements" });
export type Disagreements = z.infer<typeof Disagreements>;

export const DisagreementAnswer = z
  .strictObject({
    right: z.enum(["a", "b", "neither"]).describe("`neither`: or both, or nobody can tell"),
  })
  .meta({ id: "DisagreementAnswer", examples: [{ right: "a" }] });
export type DisagreementAnswer = z.infer<typeof DisagreementAnswer>;
