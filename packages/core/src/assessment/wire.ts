/** What the explainer says of an event or a session. */
import * as z from "zod";
import { Level } from "../level.ts";

export const Reason = z
  .object({
    code: z.string(),
    text: z.string(),
    weight: z.number().describe("How much it moved the score"),
    eventIds: z.array(z.string()),
    momentIds: z
      .array(z.string())
      .optional()
      .describe("The pictures that show it; absent: no picture does")
      .describe("What it rests on"),
  })
  .meta({ id: "Reason", description: "One reason for a score." });
export type Reason = z.infer<typeof Reason>;

export const Assessment = z
  .object({
    level: Level,
    score: z.number().min(0).max(1),
    summary: z.string(),
    reasons: z.array(Reason),
    recommendation: z.string(),
    tone: z.enum(["calm", "attentive", "urgent"]),
    lifeSafety: z.boolean(),
  })
  .meta({ id: "Assessment", description: "The explainer's judgement, from rules alone." });
export type Assessment = z.infer<typeof Assessment>;
