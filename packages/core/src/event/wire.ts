/** An event as devices post it and as members read it. */
import * as z from "zod";
import { Assessment } from "../assessment/wire.ts";
import { DigestOutlook } from "../digest-outlook.ts";
import * as Id from "../id.ts";
import { Level } from "../level.ts";
import { accept, evidence } from "../limits.ts";
import { expectation, isTextThroughout, text } from "../text.ts";
import { leftOut, registeredType, Sha256 } from "./as-sent.ts";
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
export const EventType = z.enum(types).meta({ id: "EventType", description: "What the device noticed." });
export type EventType = z.infer<typeof EventType>;

export const Mode = z
  .enum(["home", "away", "night", "vacation", "emergency"])
  .meta({ id: "Mode", description: "How the site is armed; in `emergency` every event is life-safety." });
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
export const ContentType = z.enum(evidence.contentTypes).meta({ id: "ContentType" });
export type ContentType = z.infer<typeof ContentType>;

export const AnnouncedEvidence = z
  .strictObject({
    name: clientName,
    contentType: z.preprocess(registeredType, ContentType),
    bytes: z.int().min(1).max(evidence.bytesMax),
    sha256: Sha256,
    capturedAt: leftOut(RecentInstant).describe("Left out: when the event occurred"),
  })
  .meta({
    id: "AnnouncedEvidence",
    description: "A picture that will be uploaded.",
    examples: [
      {
        name: "door-1.jpg",
        contentType: "image/jpeg",
        bytes: 182_041,
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      },
    ],
  });
export type AnnouncedEvidence = z.infer<typeof AnnouncedEvidence>;

const eventExample = {
  id: "cam2-000184",
  type: "person",
  occurredAt: "2026-06-01T21:14:05.120Z",
  zone: "front_door",
  confidence: 0.91,
  mode: "away",
};

export const EventInput = z
  .strictObject({
    id: clientName.describe("Yours to choose. The same event sent twice is one event"),
    type: EventType,
    occurredAt: ReportedInstant.describe("When it happened by the device's clock: RFC 3339 with its zone"),
    zone: leftOut(text().min(1).max(64)).describe("Where the device looks, as people call it"),
    confidence: leftOut(z.number().min(0).max(1)),
    mode: leftOut(Mode),
    attributes: leftOut(
      z
        .record(z.string().max(64), z.unknown())
        .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= accept.attributesBytesMax, {
          message: `expected at most ${accept.attributesBytesMax} bytes of attributes`,
        })
        .refine(isTextThroughout, expectation),
    ).describe(`Whatever else the device knows: at most ${accept.attributesBytesMax} bytes of JSON`),
    evidence: leftOut(
      z
        .array(AnnouncedEvidence)
        .max(evidence.perEventMax)
        .refine((list) => new Set(list.map((piece) => piece.name)).size === list.length, {
          message: "expected each evidence name once",
        }),
    ).describe("Pictures to come; the answer says where to upload them"),
    moreEvidence: leftOut(z.boolean()).describe(
      "Whether more pictures will be announced, one by one, until the event is sealed",
    ),
  })
  .meta({ id: "EventInput", description: "What a device noticed.", examples: [eventExample] });
export type EventInput = z.infer<typeof EventInput>;

/** `POST /v1/events/batch` */
export const EventBatch = z.object({ events: z.array(EventInput).min(1).max(accept.batchEventsMax) }).meta({
  id: "EventBatch",
  description: "Events of one device, in any order.",
  examples: [{ events: [eventExample] }],
});
export type EventBatch = z.infer<typeof EventBatch>;

export const EvidenceState = z.enum(["announced", "ready", "erased"]).meta({
  id: "EvidenceState",
  description: "`erased`: the time was over for which the account keeps pictures",
});

export const Upload = z
  .object({
    name: z.string(),
    method: z.literal("PUT"),
    url: z.string(),
    headers: z.record(z.string(), z.string()).describe("Send exactly these: the URL is bound to them"),
    expiresAt: Instant,
  })
  .meta({ id: "Upload", description: "Where to put one piece of evidence, and until when." });
export type Upload = z.infer<typeof Upload>;

/** The answer to `POST /v1/events/{id}/evidence`. */
export const EvidenceAccepted = z
  .object({
    momentId: Id.of("moment"),
    name: z.string(),
    state: EvidenceState,
    upload: Upload.nullable().describe("Where to upload it; null once it is there and right"),
  })
  .meta({ id: "EvidenceAccepted", description: "One more picture of an event is announced, now or before." });
export type EvidenceAccepted = z.infer<typeof EvidenceAccepted>;

/** The answer to `POST /v1/events`. */
export const EventAccepted = z
  .object({
    id: Id.of("event"),
    sessionId: Id.of("session"),
    status: z.enum(["accepted", "duplicate"]).describe("`duplicate`: it was recorded before"),
    assessment: Assessment,
    uploads: z.array(Upload).describe("Where to upload what was announced"),
  })
  .meta({ id: "EventAccepted", description: "The event is recorded, now or before." });
export type EventAccepted = z.infer<typeof EventAccepted>;

export const EventEvidence = z
  .object({
    momentId: Id.of("moment"),
    name: z.string(),
    contentType: ContentType,
    bytes: z.int(),
    state: EvidenceState,
  })
  .meta({ id: "EventEvidence", description: "A picture of an event." });

export const EventView = z
  .object({
    id: Id.of("event"),
    clientId: z.string().describe("The id that the device chose"),
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
    dismissed: z.boolean().describe("Whether a member called its assessment false"),
    sealed: z.boolean().describe("Whether all announced evidence is there and right"),
    digest: DigestOutlook.describe("Of its session"),
    evidence: z.array(EventEvidence),
  })
  .meta({ id: "Event", description: "An event as members read it." });
export type EventView = z.infer<typeof EventView>;
