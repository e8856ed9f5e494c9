/** How busy the system is, and what follows from it, as operators read it. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import { QueueName } from "../review/wire.ts";

export const LoadView = z.object({
  overloaded: z.boolean(),
  /** Since when; absent while it never changed. */
  changedAt: Instant.optional(),
  /** Why K is what it is, in words; empty while the system is neither busy nor idle. */
  reasons: z.array(z.string()),
  /** The same as codes: the queue's depth, the expected wait, the minute that overload lasts at least, idleness. */
  reasonCodes: z.array(z.enum(["depth", "wait", "dwell", "idle"])),
  /** Moments that a review asked for now would look at. */
  k: z.object({ guardian: z.int(), pro: z.int() }),
  /** Milliseconds added to the workers' batch window. */
  extraBatchWindowMs: z.int(),
  queues: z.array(
    z.object({ queue: QueueName, jobs: z.int(), moments: z.int(), oldestSeconds: z.number().optional() }),
  ),
  workers: z.int(),
  momentsPerSecond: z.number(),
  /** Absent while something waits and no worker has told how fast it is. */
  expectedWaitSeconds: z.number().optional(),
  deadLetters: z.int(),
});
export type LoadView = z.infer<typeof LoadView>;
