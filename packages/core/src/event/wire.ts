/** An event as devices post it and as members read it. */
import * as z from "zod";
import { Assessment } from "../assessment/wire.ts";
import { DigestOutlook } from "../digest-outlook.ts";
import * as Id from "../id.ts";
import { Level } from "../level.ts";
import { accept, evidence } from "../limits.ts";
import { expectation, isTextThroughout, text } from "../text.ts";
import { Instant, RecentInstant, ReportedInstant } from "./instant.ts";

export { Instant } from "./instant.ts";

export const types = [
  "motion",
  "person",
  "vehicle",
  "animal",
  "package",
  "doorbell",
  "door",
  "window",
  "glass_break",
  "forced_entry",
  "smoke",
  "carbon_monoxide",
  "gas",
  "temperature",
  "flame",
  "tamper",
  "audio",
  "custom",
] as const;
export const EventType = z.enum(types);
export type EventType = z.infer<typeof EventType>;

export const Mode = z.enum(["home", "away", "night", "vacation", "emergency"]);
export type Mode = z.infer<typeof Mode>;

const lifeSafetyTypes: ReadonlySet<EventType> = new Set([
  "smoke",
  "carbon_monoxide",
  "gas",
  "flame",
  "glass_break",
  "forced_entry",
]);

/** Life-safety events wait for nothing: no session gap, no quota, no quiet window. */
export function isLifeSafety(event: { type: EventType; mode?: Mode | null | undefined }): boolean {
  return lifeSafetyTypes.has(event.type) || event.mode === "emergency";
}

const clientName = z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/, "expected 1 to 64 of A-Z a-z 0-9 . _ : -");
export const ContentType = z.enum(evidence.contentTypes);
export type ContentType = z.infer<typeof ContentType>;

export const AnnouncedEvidence = z.strictObject({
  name: clientName,
  contentType: ContentType,
  bytes: z.int().min(1).max(evidence.bytesMax),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "expected 64 lower-case hex digits"),
  capturedAt: RecentInstant.optional(),
});
export type AnnouncedEvidence = z.infer<typeof AnnouncedEvidence>;

export const EventInput = z.strictObject({
  id: clientName,
  type: EventType,
  occurredAt: ReportedInstant,
  zone: text().min(1).max(64).optional(),
  confidence: z.number().min(0).max(1).optional(),
  mode: Mode.optional(),
  attributes: z
    .record(z.string().max(64), z.unknown())
    .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= accept.attributesBytesMax, {
      message: `expected at most ${accept.attributesBytesMax} bytes of attributes`,
    })
    .refine(isTextThroughout, expectation)
    .optional(),
  evidence: z
    .array(AnnouncedEvidence)
    .max(evidence.perEventMax)
    .refine((list) => new Set(list.map((piece) => piece.name)).size === list.length, {
      message: "expected each evidence name once",
    })
    .optional(),
});
export type EventInput = z.infer<typeof EventInput>;

export const Upload = z.object({
  name: z.string(),
  method: z.literal("PUT"),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  expiresAt: Instant,
});
export type Upload = z.infer<typeof Upload>;

/** The answer to `POST /v1/events`. */
export const EventAccepted = z.object({
  id: Id.of("event"),
  sessionId: Id.of("session"),
  status: z.enum(["accepted", "duplicate"]),
  assessment: Assessment,
  uploads: z.array(Upload),
});
export type EventAccepted = z.infer<typeof EventAccepted>;

export const EvidenceState = z.enum(["announced", "ready"]);

export const EventView = z.object({
  id: Id.of("event"),
  clientId: z.string(),
  deviceId: Id.of("device"),
  siteId: Id.of("site"),
  sessionId: Id.of("session"),
  type: EventType,
  zone: z.string().nullable(),
  mode: Mode.nullable(),
  confidence: z.number().nullable(),
  attributes: z.record(z.string(), z.unknown()),
  occurredAt: Instant,
  receivedAt: Instant,
  level: Level,
  assessment: Assessment,
  sealed: z.boolean(),
  /** Of its session. */
  digest: DigestOutlook,
  evidence: z.array(
    z.object({
      momentId: Id.of("moment"),
      name: z.string(),
      contentType: ContentType,
      bytes: z.int(),
      state: EvidenceState,
    }),
  ),
});
export type EventView = z.infer<typeof EventView>;
