/** What a worker reports (version 1), and the digest that subscribers read. */
import * as z from "zod";
import { Reason } from "../assessment/wire.ts";
import { Authenticity, Provenance, SketchText, Traits } from "../authenticity/wire.ts";
import { Colour } from "../colour.ts";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { Level } from "../level.ts";
import { worker as limits, review } from "../limits.ts";
import { ModelName, Part } from "../review/wire.ts";
import { text } from "../text.ts";
import { thingsMet } from "./words-things.ts";

const unit = z.number().min(0).max(1);
const milliseconds = z.number().min(0).max(limits.millisecondsMax);

export const Box = z.tuple([unit, unit, unit, unit]).meta({
  id: "Box",
  description:
    "x, y, width, height, each as a fraction (0..1) of the image; x and y are the top left corner.",
});
export type Box = z.infer<typeof Box>;

export const Appearance = z
  .object({
    hash: z
      .string()
      .regex(/^[0-9a-f]{16}$/)
      .describe("Difference hash of what the box shows: 64 bits, of which a like view differs in few"),
    colour: Colour.optional().describe("Absent where no colour prevails, and in a picture without colours"),
  })
  .meta({ id: "Appearance", description: "What a thing looks like. Never given of people or animals." });
export type Appearance = z.infer<typeof Appearance>;

export const Detection = z
  .object({
    label: text().max(64),
    confidence: unit,
    box: Box,
    appearance: Appearance.optional(),
    trackId: text()
      .max(64)
      .optional()
      .describe(
        "The same track in several moments is the same individual, as re-identification sees it: within one report, or, of names that end alike in `@` and a number, within one review",
      ),
  })
  .meta({ id: "Detection" });
export type Detection = z.infer<typeof Detection>;

export const Outcome = z
  .enum(["reviewed", "early_exit", "duplicate", "unreadable", "missing", "deferred"])
  .meta({ id: "Outcome", description: "What became of a moment." });
export type Outcome = z.infer<typeof Outcome>;

export const Faces = z
  .object({ count: z.int().min(0).max(limits.facesMax), qualityMax: unit })
  .meta({ id: "Faces" });
export const Plate = z.object({ text: text().max(32), confidence: unit, box: Box }).meta({ id: "Plate" });

export const Flaw = z.enum(["damaged", "dark", "blank", "blurred", "overexposed", "frozen"]).meta({
  id: "Flaw",
  description:
    "What limits what can be seen in a picture: `damaged` (cut off or broken, looked at as far as it goes), `dark` (too dark to make anybody out), `blank` (one colour: a covered lens, a lost signal), `blurred` (out of focus, or behind something), `overexposed` (as bright as can be for the most part), `frozen` (the same picture for hours).",
});
export type Flaw = z.infer<typeof Flaw>;

export const pictureBands = 8;

export const PictureStatistics = z
  .object({
    monochrome: z.boolean().describe("Without colours, as an infrared lamp shows things"),
    brightness: z.number().min(0).max(255).describe("Mean luma"),
    overexposed: unit.describe("The part that is as bright as can be"),
    sharpness: z.number().min(0).max(255).describe("Luma levels by which the finest details differ"),
    bands: z
      .array(
        z
          .string()
          .regex(/^[0-9a-f]{8}$/)
          .nullable(),
      )
      .length(pictureBands)
      .describe("A hash of each eighth of the picture, from the top; null where it has no detail"),
  })
  .meta({
    id: "PictureStatistics",
    description: "Of the decoded pixels: tells a night picture and a camera that is out of order.",
  });
export type PictureStatistics = z.infer<typeof PictureStatistics>;

export const Finding = z
  .object({
    id: Id.of("moment"),
    outcome: Outcome,
    detections: z.array(Detection).max(review.detectionsPerMomentMax),
    duplicateOf: Id.of("moment")
      .optional()
      .describe("Set when `outcome` is `duplicate`: the moment whose result this one takes"),
    reason: text().max(500).optional().describe("Why a moment is `unreadable` or `missing`"),
    flaws: z.array(Flaw).max(6).optional().describe("Absent when nothing limits the picture"),
    statistics: PictureStatistics.optional(),
    faces: Faces.optional(),
    plates: z.array(Plate).max(50).optional(),
    embeddingRef: text().max(200).optional(),
    provenance: Provenance.optional().describe(
      "Absent when the worker did not read the bytes, or does not look for it",
    ),
    traits: Traits.optional().describe(
      "Of this moment's own bytes. They are compared with others of its device, and are in no digest",
    ),
    sketch: SketchText.optional().describe(
      "Of this moment's own pixels; absent when they were not decoded. It is compared with others of its device, and is in no digest",
    ),
  })
  .meta({ id: "Finding", description: "What a worker saw in one moment." });
export type Finding = z.infer<typeof Finding>;

export const Timings = z
  .object({
    queueMs: milliseconds,
    fetchMs: milliseconds,
    decodeMs: milliseconds,
    inferMs: milliseconds,
    postMs: milliseconds.describe(
      "Turning tensors into findings: thresholds, non-maximum suppression, second stage",
    ),
  })
  .meta({ id: "Timings" });

export const Capabilities = z
  .object({ faces: z.boolean(), reidentification: z.boolean(), plates: z.boolean() })
  .meta({
    id: "Capabilities",
    description:
      "Which second-stage models the worker has. An absent model is stated, never passed off as an empty result.",
  });
export type Capabilities = z.infer<typeof Capabilities>;

/** Worker -> API: `POST /worker/v1/reviews/{id}/digest`. */
export const DigestReport = z
  .object({
    v: z.literal(1),
    reviewId: Id.of("review"),
    part: Part,
    worker: z.object({
      id: text().min(1).max(100),
      provider: text().max(50),
      model: ModelName,
      capabilities: Capabilities,
    }),
    startedAt: Instant,
    finishedAt: Instant,
    timings: Timings,
    moments: z.array(Finding).min(1).max(review.kIdleMax),
  })
  .meta({
    id: "DigestReport",
    examples: [
      {
        v: 1,
        reviewId: `rev_${Id.exampleDigits}`,
        part: 0,
        worker: {
          id: "garage-1",
          provider: "cpu",
          model: { name: "yolov8n", sha256: "0".repeat(64) },
          capabilities: { faces: false, reidentification: false, plates: false },
        },
        startedAt: "2026-06-01T21:14:06.020Z",
        finishedAt: "2026-06-01T21:14:06.410Z",
        timings: { queueMs: 120, fetchMs: 31, decodeMs: 12, inferMs: 44, postMs: 2 },
        moments: [
          {
            id: `mom_${Id.exampleDigits}`,
            outcome: "reviewed",
            detections: [{ label: "person", confidence: 0.87, box: [0.4, 0.3, 0.1, 0.4] }],
          },
        ],
      },
    ],
  });
export type DigestReport = z.infer<typeof DigestReport>;

export const Sentence = z
  .object({ text: z.string(), momentIds: z.array(z.string()) })
  .meta({ id: "Sentence", description: "A sentence and the moments that it rests on." });
export type Sentence = z.infer<typeof Sentence>;

export const TimelineEntry = Sentence.extend({ at: Instant }).meta({ id: "TimelineEntry" });
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const Picture = z
  .object({ url: z.string(), expiresAt: Instant })
  .meta({ id: "Picture", description: "A presigned GET of at most 60 s." });
export type Picture = z.infer<typeof Picture>;

export const SeenThing = Detection.extend({
  alternatives: z
    .array(z.object({ label: text().max(64), confidence: unit }))
    .optional()
    .describe("What else it may be, less surely: one thing has one label"),
}).meta({ id: "SeenThing" });

export const DigestMoment = Finding.omit({ provenance: true, sketch: true, traits: true })
  .extend({
    detections: z.array(SeenThing),
    capturedAt: Instant,
    zone: z.string().nullable(),
    deviceId: Id.of("device"),
    eventId: Id.of("event"),
    image: Picture.optional().describe("Absent when the image is gone"),
    imageErasedAt: Instant.optional().describe(
      "Since when the picture is erased, because the time was over for which the account keeps pictures",
    ),
    authenticity: Authenticity.optional().describe("Absent while the picture is not there"),
  })
  .meta({ id: "DigestMoment" });
export type DigestMoment = z.infer<typeof DigestMoment>;

export const Cover = Picture.extend({ momentId: Id.of("moment") }).meta({ id: "Cover" });

export const DigestSummary = z
  .object({
    id: Id.of("digest"),
    reviewId: Id.of("review"),
    sessionId: Id.of("session"),
    siteId: Id.of("site"),
    siteName: z.string(),
    level: Level,
    title: z.string(),
    summary: z.array(Sentence),
    counts: z
      .record(z.string(), z.int())
      .describe("Individuals or things seen, by label: the largest number visible in one moment"),
    momentCount: z.int(),
    occurredAt: Instant,
    createdAt: Instant,
    quietUntil: Instant.optional().describe(
      "Made in the account's quiet hours: its alerts wait until then. Absent: they do not wait",
    ),
    late: z.boolean().describe("Whether all of it came so late that nothing rings for it"),
    cover: Cover.nullable().describe("The first picture worth showing"),
  })
  .meta({ id: "DigestSummary" });
export type DigestSummary = z.infer<typeof DigestSummary>;

export const InboxDigest = DigestSummary.extend({
  unread: z.boolean().describe("Not read by who asks, or grown since"),
}).meta({ id: "InboxDigest" });
export type InboxDigest = z.infer<typeof InboxDigest>;

/** Of what is asked for; all of it must hold. */
export const DigestFilter = z
  .object({
    levelFrom: Level.describe("This level and those above it"),
    site: Id.of("site"),
    device: Id.of("device").describe("An event of the session came from this device"),
    zone: text().min(1).max(64).meta({ example: "front_door" }).describe("An event of the session was there"),
    seen: text()
      .min(1)
      .max(64)
      .meta({ example: "vehicle" })
      .describe("A label as in `counts`, or a kind: `person`, `vehicle`, `animal`, `belonging`"),
    unread: z.enum(["true", "false"]).describe("Whether who asks has not read it, or not since it has grown"),
  })
  .partial();
export type DigestFilter = z.infer<typeof DigestFilter>;

/** `PUT /v1/digests/{id}/reading` */
export const ReadingInput = z
  .strictObject({ read: z.boolean().describe("False: call it unread again") })
  .meta({ id: "ReadingInput", examples: [{ read: true }] });

/** `POST /v1/digests/read` */
export const ReadUpTo = z
  .strictObject({ upTo: Id.of("digest").describe("The newest digest that has been seen, by its id") })
  .meta({ id: "ReadUpTo", examples: [{ upTo: `dig_${Id.exampleDigits}` }] });

export const UnreadCount = z
  .object({ count: z.int(), countedMax: z.int().describe("A count of this many means: or more") })
  .meta({ id: "UnreadCount" });

export const DigestTimings = Timings.extend({
  eventToDigestMs: z.number().describe("From the receipt of the session's last event to the stored digest"),
  reviewMs: z.number().describe("From the request of the review to the stored digest"),
}).meta({ id: "DigestTimings" });

/** By what detectors called it. */
export type Corrections = Readonly<Record<string, string | null>>;

export const Correction = z
  .strictObject({
    label: text().min(1).max(64).describe("What detectors called it"),
    is: text()
      .min(1)
      .max(64)
      .nullable()
      .describe(
        `What it is: ${thingsMet.join(", ")}; null: nothing; the label itself: they were right after all`,
      ),
  })
  .refine(({ label, is }) => is === null || is === label || thingsMet.includes(is), {
    path: ["is"],
    error: `expected one of ${thingsMet.join(", ")}, null, or the label itself`,
  })
  .meta({ id: "Correction", examples: [{ label: "person", is: "dog" }] });
export type Correction = z.infer<typeof Correction>;

export const DigestView = DigestSummary.extend({
  timeline: z.array(TimelineEntry),
  reasons: z.array(Reason).describe("From the rules' assessment of the session and from what was seen"),
  recommendation: z.string(),
  moments: z.array(DigestMoment),
  model: ModelName,
  provider: z.string(),
  capabilities: Capabilities,
  timings: DigestTimings,
  called: z
    .array(z.object({ label: z.string(), is: z.string().nullable() }).meta({ id: "Called" }))
    .describe(
      "What detectors called something, and what it is; null: nothing. The same, unless a member said otherwise",
    ),
}).meta({ id: "Digest", description: "What a review found, in words, with its evidence." });
export type DigestView = z.infer<typeof DigestView>;
