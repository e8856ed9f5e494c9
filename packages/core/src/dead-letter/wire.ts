/** Jobs that nobody could finish, as operators read them. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { ReviewState } from "../review/wire.ts";

/**
 * Where a job was given up: `queue` when it was received as often as the queue allows and ended in the dead-letter
 * queue, `worker` when a worker gave it up.
 */
export const DeadLetterSource = z.enum(["queue", "worker"]).meta({ id: "DeadLetterSource" });
export type DeadLetterSource = z.infer<typeof DeadLetterSource>;

export const DeadLetterView = z
  .object({
    reviewId: Id.of("review"),
    accountId: Id.of("account"),
    sessionId: Id.of("session"),
    part: z
      .int()
      .min(0)
      .describe(
        "0 is the review itself, whose allowance was given back; higher parts are addenda of a digest that stands",
      ),
    source: DeadLetterSource,
    reason: z.string(),
    diedAt: Instant,
    reviewState: ReviewState,
  })
  .meta({ id: "DeadLetter", description: "A job that nobody could finish." });
export type DeadLetterView = z.infer<typeof DeadLetterView>;
