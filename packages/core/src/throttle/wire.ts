/** How busy the system is, and what follows from it, as operators read it. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import { QueueName } from "../review/wire.ts";
import type { PaidTier } from "../tiers.ts";

export const QueueLoad = z
  .object({ queue: QueueName, jobs: z.int(), moments: z.int(), oldestSeconds: z.number().optional() })
  .meta({ id: "QueueLoad" });

export const LoadView = z
  .object({
    overloaded: z.boolean(),
    changedAt: Instant.optional().describe("Since when; absent while it never changed"),
    reasons: z
      .array(z.string())
      .describe("Why K is what it is, in words; empty while the system is neither busy nor idle"),
    reasonCodes: z
      .array(z.enum(["depth", "wait", "dwell", "idle"]))
      .describe(
        "The same as codes: the queue's depth, the expected wait, the minute that overload lasts at least, idleness",
      ),
    k: z
      .object({ guardian: z.int(), pro: z.int() } satisfies Record<PaidTier, z.ZodInt>)
      .describe("Moments that a review asked for now would look at"),
    extraBatchWindowMs: z.int().describe("Added to the workers' batch window"),
    queues: z.array(QueueLoad),
    workers: z.int(),
    momentsPerSecond: z.number(),
    expectedWaitSeconds: z
      .number()
      .optional()
      .describe("Absent while something waits and no worker has told how fast it is"),
    deadLetters: z.int(),
  })
  .meta({ id: "Load", description: "How busy the system is, and what follows from it." });
export type LoadView = z.infer<typeof LoadView>;
