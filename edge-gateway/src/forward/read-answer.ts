/**
 * What the gateway reads in the API's answers: less than they hold, so that the present version and the one before it, or
 * one that says more, are all understood. Whatever else answers at that address, such as a hotspot's sign-in page, is not
 * taken for the API.
 */
import { Assessment } from "@vigil/core/assessment/wire";
import { Upload } from "@vigil/core/event/wire";
import { Level } from "@vigil/core/level";
import * as z from "zod";

const eventId = z.string().regex(/^evt_[0-9a-f]{32}$/);

export const AcceptedEvent = z.object({
  id: eventId,
  status: z.string().optional(),
  /** What the cloud makes of it; absent where it cannot be understood. */
  assessment: Assessment.optional().catch(undefined),
  uploads: z.array(Upload).default([]),
});
export type AcceptedEvent = z.infer<typeof AcceptedEvent>;

/** The API's codes are its own to add to. */
export const ProblemAnswer = z.object({
  status: z.int().optional(),
  code: z.string().regex(/^[a-z0-9-]{1,64}$/),
  detail: z.string().default(""),
});
export type ProblemAnswer = z.infer<typeof ProblemAnswer>;

export const BatchAnswer = z.object({
  items: z.array(
    z.union([
      z.object({ status: z.int().min(200).max(299), event: AcceptedEvent }),
      z.object({ status: z.int(), problem: ProblemAnswer }),
    ]),
  ),
});

export const SealAnswer = z.object({ sealed: z.boolean(), uploads: z.array(Upload).default([]) });
export type SealAnswer = z.infer<typeof SealAnswer>;

/** What the cloud has to say of an event by now. */
export const VerdictAnswer = z.object({
  assessment: Assessment,
  digest: z.object({ id: z.string(), level: Level, title: z.string(), summary: z.string() }).nullable(),
});
export type VerdictAnswer = z.infer<typeof VerdictAnswer>;
