/** What the explainer says of an event or a session. */
import * as z from "zod";
import { Level } from "../level.ts";

/** One reason for a score: what it is, how much it moved the score, and the events that it rests on. */
export const Reason = z.object({
  code: z.string(),
  text: z.string(),
  weight: z.number(),
  eventIds: z.array(z.string()),
});
export type Reason = z.infer<typeof Reason>;

export const Assessment = z.object({
  level: Level,
  score: z.number().min(0).max(1),
  summary: z.string(),
  reasons: z.array(Reason),
  recommendation: z.string(),
  tone: z.enum(["calm", "attentive", "urgent"]),
  lifeSafety: z.boolean(),
});
export type Assessment = z.infer<typeof Assessment>;
