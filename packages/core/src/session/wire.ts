/** A session as members read it. */
import * as z from "zod";
import { Assessment } from "../assessment/wire.ts";
import { DigestOutlook } from "../digest-outlook.ts";
import { EventView, Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { Level } from "../level.ts";

export const SessionState = z.enum(["open", "closed"]);
export type SessionState = z.infer<typeof SessionState>;

export const SessionSummary = z.object({
  id: Id.of("session"),
  siteId: Id.of("site"),
  state: SessionState,
  firstEventAt: Instant,
  lastEventAt: Instant,
  level: Level,
  assessment: Assessment,
  reviewId: Id.of("review").nullable(),
  digestId: Id.of("digest").nullable(),
  /** Whether a digest is there, will come, or will not, and why. */
  digest: DigestOutlook,
  /** Whether all of it came so late that nothing rings for it. */
  late: z.boolean(),
});
export type SessionSummary = z.infer<typeof SessionSummary>;

export const SessionView = SessionSummary.extend({ events: z.array(EventView) });
export type SessionView = z.infer<typeof SessionView>;
