/**
 * What can be said of a text or a picture that somebody asks about: a **check**. First what it says of itself, then what can be
 * seen without guessing, and last whether it was generated, with how often that is wrong or why nothing is said.
 */
import * as z from "zod";
import { Provenance } from "../authenticity/wire.ts";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { check as limits, points } from "../limits-check.ts";
import { ProblemBody } from "../problem.ts";
import { text } from "../text.ts";

export const CheckKind = z
  .enum(["text", "image", "audio", "video"])
  .meta({ id: "CheckKind", description: "What was checked." });
export type CheckKind = z.infer<typeof CheckKind>;

const said = z.array(text().max(200)).max(limits.reasonsMax);

export const Declared = z
  .object({
    status: z
      .enum(["generated", "captured", "silent"])
      .describe(
        "`generated`: it says itself that a program generated it, in whole or in part; `captured`: it says that a camera took it; `silent`: it says neither, which proves nothing",
      ),
    by: z
      .enum(["signed-manifest", "metadata"])
      .optional()
      .describe("`signed-manifest`: signed, and unchanged since; `metadata`: anybody can have written it"),
    says: said.describe("IPTC's digital source types, and names of generators"),
  })
  .meta({ id: "DeclaredOrigin", description: "What it says of its own origin." });
export type Declared = z.infer<typeof Declared>;

export const MarkCode = z
  .enum([
    "hidden-characters",
    "hidden-message",
    "direction-controls",
    "mixed-alphabets",
    "assistant-marks",
    "assistant-phrase",
    "name-differs",
    "exif-size-differs",
    "time-ahead",
    "length-differs",
    "statement-altered",
    "content-changed",
  ])
  .meta({
    id: "CheckMarkCode",
    description:
      "Of a text: `hidden-characters`: characters that nobody sees; `hidden-message`: words spelt with such characters; `direction-controls`: characters that change the order in which others are shown; `mixed-alphabets`: words with letters of several alphabets that look alike; `assistant-marks`: what a writing assistant leaves when its answer is copied; `assistant-phrase`: words with which an assistant speaks of itself. Of a file: `name-differs`: its name ends as another kind of file does; `exif-size-differs`: EXIF says another size; `time-ahead`: it says that it was made at a time to come; `length-differs`: it is not as long as it says, as after it was cut short; `statement-altered`: its statement of origin was changed; `content-changed`: it was changed after it was signed.",
  });
export type MarkCode = z.infer<typeof MarkCode>;

export const Mark = z
  .object({ code: MarkCode, detail: text().max(200) })
  .meta({ id: "CheckMark", description: "Something that can be seen without guessing." });
export type Mark = z.infer<typeof Mark>;

export const GeneratedStatus = z.enum(["declared", "likely", "none-found", "cannot-tell"]).meta({
  id: "GeneratedStatus",
  description:
    "`declared`: it says so itself; `likely`: above a threshold that real ones of its slice seldom pass; `none-found`: below it, which proves nothing; `cannot-tell`: with why.",
});
export type GeneratedStatus = z.infer<typeof GeneratedStatus>;

export const MeasuredError = z
  .object({
    slice: text().max(60).describe("What the measured ones have in common with it"),
    humans: z.int().min(0).describe("Real ones that were measured"),
    falsePositives: z.int().min(0).describe("Of these, called `likely` all the same"),
    rate: z.number().min(0).max(1),
    rateMax: z.number().min(0).max(1).describe("The upper end of its exact interval of 95 %"),
    found: z.number().min(0).max(1).describe("The share of generated ones that was called `likely`"),
  })
  .meta({ id: "MeasuredError", description: "How often the answer was wrong where the truth was known." });
export type MeasuredError = z.infer<typeof MeasuredError>;

export const Generated = z
  .object({
    status: GeneratedStatus,
    probability: z.number().min(0).max(1).optional().describe("Calibrated; absent where nothing is said"),
    error: MeasuredError.optional(),
    isExperimental: z
      .boolean()
      .optional()
      .describe(
        "It was learned from texts whose licence does not allow that for certain, or is not good enough",
      ),
    reasons: said.describe("Why nothing is said, or what it rests on"),
  })
  .meta({ id: "Generated", description: "Whether it was generated." });
export type Generated = z.infer<typeof Generated>;

/** What is kept of what was found. */
export const Verdict = z.object({
  declared: Declared,
  provenance: Provenance.nullable().describe("Null: its kind has no place for a statement of origin"),
  marks: z.array(Mark).max(limits.marksMax),
  generated: Generated,
});
export type Verdict = z.infer<typeof Verdict>;

export const CheckView = z
  .object({
    id: Id.of("check"),
    kind: CheckKind,
    checkedAt: Instant,
    actor: z.string().describe("Who asked"),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    bytes: z.int().min(0),
    points: z.int().min(0).describe("What it cost"),
    label: text().max(limits.labelCharsMax).nullable().describe("As it was given when it was asked"),
    ...Verdict.shape,
  })
  .meta({
    id: "Check",
    description:
      "A check and its answer. Of what was checked nothing else is kept than its hash, its size and this answer.",
  });
export type CheckView = z.infer<typeof CheckView>;

export const RecordingType = z
  .enum([
    "audio/wav",
    "audio/mpeg",
    "audio/flac",
    "audio/ogg",
    "audio/mp4",
    "video/mp4",
    "video/quicktime",
    "video/webm",
  ])
  .meta({ id: "RecordingType" });
export type RecordingType = z.infer<typeof RecordingType>;

const label = text()
  .min(1)
  .max(limits.labelCharsMax)
  .optional()
  .describe("Yours, to know it again by; it is kept");
const Text = text().min(1).max(limits.textCharsMax);
const Address = z.url({ protocol: /^https?$/ }).max(2_000);
const urlExample = { url: "https://www.example.com/picture.jpg" };

export const TextInput = z
  .strictObject({ text: Text, label })
  .meta({ id: "TextInput", examples: [{ text: "The words to be checked.", label: "letter 12" }] });
export type TextInput = z.infer<typeof TextInput>;

export const UrlInput = z
  .strictObject({ url: Address, label })
  .meta({ id: "UrlInput", examples: [urlExample] });
export type UrlInput = z.infer<typeof UrlInput>;

export const BatchItem = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("text"), text: Text, label }),
    z.strictObject({
      kind: z.enum(["image", "audio", "video"]),
      content: z.base64().min(1).describe("The file, in base64"),
      name: text().max(limits.nameCharsMax).optional(),
      label,
    }),
    z.strictObject({ kind: z.literal("url"), url: Address, label }),
  ])
  .meta({ id: "CheckBatchItem" });
export type BatchItem = z.infer<typeof BatchItem>;

export const CheckBatch = z
  .strictObject({
    items: z.array(BatchItem).min(1).max(limits.batchItemsMax),
    stopOnError: z
      .boolean()
      .default(false)
      .describe("After one that fails no other is begun; those cost nothing"),
  })
  .meta({ id: "CheckBatch", examples: [{ items: [{ kind: "text", text: "The words to be checked." }] }] });
export type CheckBatch = z.infer<typeof CheckBatch>;

export const BatchResult = z
  .object({
    index: z.int().min(0).describe("Of the item, from 0"),
    status: z.enum(["done", "failed", "skipped"]),
    check: CheckView.optional(),
    problem: ProblemBody.optional(),
  })
  .meta({ id: "CheckBatchResult", description: "What became of one item of a batch." });
export type BatchResult = z.infer<typeof BatchResult>;

export const BatchResults = z
  .object({ items: z.array(BatchResult), points: z.int().min(0).describe("What all of it cost") })
  .meta({ id: "CheckBatchResults", description: "In the order in which the items were given." });
export type BatchResults = z.infer<typeof BatchResults>;

export const CheckDashboard = z
  .object({
    from: z.iso.date().describe("Days are UTC's"),
    to: z.iso.date(),
    allowance: z.object({
      points: z.int().min(0).describe("Of a day of the account"),
      used: z.int().min(0),
      left: z.int().min(0),
      resetsAt: Instant,
    }),
    checks: z.int().min(0),
    points: z.int().min(0),
    byKind: z.array(z.object({ kind: CheckKind, checks: z.int().min(0) })),
    byStatus: z.array(z.object({ status: GeneratedStatus, checks: z.int().min(0) })),
    days: z.array(z.object({ date: z.iso.date(), checks: z.int().min(0), points: z.int().min(0) })),
  })
  .meta({ id: "CheckDashboard", description: "How much was checked, and what came of it." });
export type CheckDashboard = z.infer<typeof CheckDashboard>;

/** What each kind of question costs. */
export const priceOf: Readonly<Record<BatchItem["kind"], number>> = Object.freeze({
  text: points.text,
  image: points.image,
  audio: points.audio,
  video: points.video,
  url: points.image,
});

const share = z.number().min(0).max(1);
const Shares = z
  .object({ cases: z.int().min(0), of: z.int().min(0), rate: share, from: share, to: share })
  .meta({ id: "MeasuredShare", description: "A share that was counted, with its exact interval of 95 %." });
export type Shares = z.infer<typeof Shares>;

export const EvaluationSlice = z
  .object({
    name: z.string(),
    isKnown: z
      .boolean()
      .describe("Texts of its domain, by such generators, were learned from (never these themselves)"),
    labelled: z.int().min(0),
    coverage: Shares.describe("Of all of them, those that an answer is given for"),
    areaUnderCurve: share
      .nullable()
      .describe("Of those with an answer; null: none has one, or all are of one kind"),
    falsePositives: Shares.describe("Of what people wrote and was answered for"),
    found: Shares.describe("Of what was generated and answered for"),
    calibrationError: share.nullable().describe("How far probabilities are from shares, on average"),
    reliability: z
      .array(z.object({ from: share, to: share, count: z.int().min(0), said: share, so: share }))
      .describe(
        "By probability: how many, what was said of them on average, and how many of them were generated",
      ),
    formula: share
      .nullable()
      .describe("The area of a published formula, burstiness of sentences, on all of them"),
  })
  .meta({ id: "EvaluationSlice" });
export type EvaluationSlice = z.infer<typeof EvaluationSlice>;

export const HeadEvaluation = z
  .object({
    kind: z.enum(["text", "image", "audio", "video"]),
    state: z
      .enum(["none", "experimental"])
      .describe(
        "`none`: it is never said that something of this kind was generated; `experimental`: only where an operator has put a head in",
      ),
    why: z.array(z.string()),
    bar: z
      .object({ foundMin: share, falsePositivesMax: share, coverageMin: share, labelledMin: z.int() })
      .nullable(),
    slices: z.array(EvaluationSlice),
    latencyMs: z.object({ p50: z.number(), p95: z.number(), words: z.int() }).nullable(),
  })
  .meta({ id: "HeadEvaluation", description: "What is known of how often one kind of answer is wrong." });
export type HeadEvaluation = z.infer<typeof HeadEvaluation>;

export const Evaluation = z
  .object({
    loaded: z
      .object({ name: z.string(), isExperimental: z.boolean() })
      .nullable()
      .describe("The head for texts of this installation; null: it has none"),
    heads: z.array(HeadEvaluation),
  })
  .meta({
    id: "CheckEvaluation",
    description: "How the answers were measured; `npm run evaluate:authenticity` measures anew.",
  });
export type Evaluation = z.infer<typeof Evaluation>;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits");
const exampleHash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const UploadKind = z.enum(["audio", "video"]);
export type UploadKind = z.infer<typeof UploadKind>;

export const UploadInput = z
  .strictObject({
    kind: UploadKind,
    bytes: z.int().min(1).max(limits.uploadBytesMax.video),
    sha256: Sha256,
    name: text()
      .max(limits.nameCharsMax)
      .optional()
      .describe("What the file is called; forgotten with the file"),
    label,
  })
  .meta({ id: "UploadInput", examples: [{ kind: "video", bytes: 48_000_000, sha256: exampleHash }] });
export type UploadInput = z.infer<typeof UploadInput>;

export const UploadState = z
  .enum(["awaiting-upload", "awaiting-worker", "settled", "refused", "given-back"])
  .meta({
    id: "UploadState",
    description:
      "`awaiting-upload`: announced, and to be uploaded and completed; `awaiting-worker`: completed; `settled`: `check` has the answer; `refused`: a worker read it, and it is not what was announced, which costs its points; `given-back`: there is no answer, and it cost nothing.",
  });
export type UploadState = z.infer<typeof UploadState>;

export const UploadView = z
  .object({
    id: Id.of("check"),
    kind: UploadKind,
    state: UploadState,
    points: z.int().min(0).describe("What it costs"),
    expiresAt: Instant.describe("Until when it may be completed"),
    upload: z
      .object({
        method: z.literal("PUT"),
        url: z.url(),
        headers: z.record(z.string(), z.string()).describe("Send exactly these"),
        expiresAt: Instant,
      })
      .nullable()
      .describe("Where the bytes are to go; null: they are there, or nobody wants them any more"),
    reason: z.string().nullable().describe("Why there is no answer"),
    check: CheckView.nullable(),
  })
  .meta({
    id: "CheckUpload",
    description: "A recording that is too large to be answered at once. It is erased when it has an end.",
  });
export type UploadView = z.infer<typeof UploadView>;

// What workers get and say.

/** The SQS body that asks for one recording, in the queue of runs. It carries ids only: the worker asks for a URL. */
export const RecordingJob = z.object({
  v: z.literal(1),
  checkId: Id.of("check"),
  accountId: Id.of("account"),
  requestedAt: Instant,
  traceparent: z.string().max(64),
  signature: z.string().max(128).optional(),
});
export type RecordingJob = z.infer<typeof RecordingJob>;

const workerId = text().min(1).max(100);

export const RecordingRequest = z
  .object({ workerId })
  .meta({ id: "RecordingRequest", examples: [{ workerId: "garage-1" }] });

export const RecordingSource = z
  .object({ sha256: Sha256, bytes: z.int().min(1), url: z.url(), expiresAt: Instant })
  .meta({ id: "RecordingSource" });
export type RecordingSource = z.infer<typeof RecordingSource>;

export const RecordingFacts = z
  .object({
    contentType: RecordingType.nullable().describe("Null: it is none of these"),
    bytesStated: z
      .int()
      .min(0)
      .nullable()
      .describe("What it should be as long as, by its own word; null: it does not say"),
    madeAt: Instant.nullable().describe("As its clock had it; null: it does not say"),
    provenance: Provenance,
  })
  .meta({ id: "RecordingFacts" });
export type RecordingFacts = z.infer<typeof RecordingFacts>;

export const RecordingReport = z
  .discriminatedUnion("outcome", [
    z.object({ v: z.literal(1), workerId, outcome: z.literal("read"), facts: RecordingFacts }),
    z
      .object({ v: z.literal(1), workerId, outcome: z.literal("other-bytes") })
      .describe("Not those that were announced"),
    z.object({ v: z.literal(1), workerId, outcome: z.literal("missing") }).describe("The store has none"),
  ])
  .meta({ id: "RecordingReport", examples: [{ v: 1, workerId: "garage-1", outcome: "missing" }] });
export type RecordingReport = z.infer<typeof RecordingReport>;

export const RecordingReply = z
  .object({ status: z.enum(["stored", "already-stored"]) })
  .meta({ id: "RecordingReply" });
export type RecordingReply = z.infer<typeof RecordingReply>;
