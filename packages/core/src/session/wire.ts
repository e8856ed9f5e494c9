/** A session as members read it. */
import * as z from "zod";
import { Assessment } from "../assessment/wire.ts";
import { DigestOutlook } from "../digest-outlook.ts";
import { EventView, Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { Level } from "../level.ts";

export const SessionState = z.enum(["open", "closed"]).meta({ id: "SessionState" });
export type SessionState = z.infer<typeof SessionState>;

export const SessionSummary = z
  .object({
    id: Id.of("session"),
    siteId: Id.of("site"),
    state: SessionState,
    firstEventAt: Instant,
    lastEventAt: Instant,
    level: Level,
    assessment: Assessment,
    reviewId: Id.of("review").nullable(),
    digestId: Id.of("digest").nullable(),
    digest: DigestOutlook,
    late: z.boolean().describe("Whether all of it came so late that nothing rings for it"),
  })
  .meta({ id: "SessionSummary", description: "Events of one site that lie close together in time." });
export type SessionSummary = z.infer<typeof SessionSummary>;

export const SessionView = SessionSummary.extend({ events: z.array(EventView) }).meta({ id: "Session" });
export type SessionView = z.infer<typeof SessionView>;
