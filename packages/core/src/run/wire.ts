/** Runs: a bulk intake of pictures by an account, as members read it, and the messages that ask workers for its chunks. */
import * as z from "zod";
import { Detection } from "../digest/wire.ts";
import { ContentType, Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { evidence, run as limits, review } from "../limits.ts";
import { Declared, RunQuestions, RunRules } from "../question/wire.ts";
import { JobMoment, ModelName } from "../review/wire.ts";
import { text } from "../text.ts";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits");
const count = z.int().min(0);
const exampleHash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

export const RunState = z.enum(["listing", "running", "grouping", "review", "sealed", "cancelled"]).meta({
  id: "RunState",
  description:
    "`listing`: items may still be added (those that are complete are worked already); `running`: all are named; `grouping`: all have ended; `review`: groups can be looked at, and the run sealed.",
});
export type RunState = z.infer<typeof RunState>;

/** How an item ended. */
export const End = z.enum(["inspected", "reused", "asked", "unreadable", "refused", "dead"]).meta({
  id: "ItemEnd",
  description:
    "`inspected`: a model looked at it; `reused`: the account had an inspection of the same bytes; `asked`: seen like these, and people are asked about it until they have answered; `unreadable`: no decoder takes it; `refused`: the bytes are not those that were announced; `dead`: nobody could finish it.",
});
export type End = z.infer<typeof End>;

/** What pictures were compared by. */
export const ComparedBy = z.enum(["hashes", "hashes-and-embeddings"]).meta({
  id: "ComparedBy",
  description:
    "`hashes`: difference hashes alone, because the model gives no embeddings, or not every site of the account has consented to them; `hashes-and-embeddings`: both.",
});
export type ComparedBy = z.infer<typeof ComparedBy>;

export const RunInput = z
  .strictObject({
    source: text().min(1).max(100).describe("Who gives the pictures: one camera, archive or partner"),
    rules: RunRules.optional(),
    zone: text()
      .min(1)
      .max(100)
      .optional()
      .describe(
        "Where its camera stands. What people find false in its pictures then weighs less there, as an assessment that was dismissed does",
      ),
  })
  .meta({ id: "RunInput", examples: [{ source: "harbour archive" }] });
export type RunInput = z.infer<typeof RunInput>;

export const RunView = z
  .object({
    id: Id.of("run"),
    source: z.string(),
    state: RunState,
    isPaused: z.boolean(),
    model: ModelName.nullable().describe("What all of it is looked at with; null until that is known"),
    accepted: count.describe("Always the sum of `open` and of the ends"),
    open: count,
    ends: z.object({
      inspected: count,
      reused: count,
      asked: count,
      unreadable: count,
      refused: count,
      dead: count,
    }),
    comparedBy: ComparedBy.nullable().describe("What its groups were made by; null until they are"),
    createdAt: Instant,
    rules: RunRules.nullable(),
    zone: z.string().nullable(),
    questions: RunQuestions.nullable().describe("Null: it has no rules, or is not so far yet"),
    manifestVersion: z.int().nullable().describe("Of the source's manifest; null until the run is sealed"),
  })
  .meta({ id: "Run", description: "A bulk intake of pictures of one source." });
export type RunView = z.infer<typeof RunView>;

export const ItemInput = z
  .strictObject({
    no: z
      .int()
      .min(0)
      .max(limits.itemsMax - 1)
      .describe(
        "Its place in the run, from 0 without gaps, in the order of time: items are looked at in chunks of 256",
      ),
    name: text().min(1).max(1_000),
    sha256: Sha256,
    bytes: z.int().min(1).max(evidence.bytesMax),
    contentType: ContentType,
    declared: Declared.optional(),
  })
  .meta({ id: "RunItemInput" });
export type ItemInput = z.infer<typeof ItemInput>;

export const ItemsInput = z
  .strictObject({ items: z.array(ItemInput).min(1).max(limits.chunkItemsMax) })
  .meta({
    id: "RunItemsInput",
    examples: [
      {
        items: [
          {
            no: 0,
            name: "2026/06/01/0001.jpg",
            sha256: exampleHash,
            bytes: 65_000,
            contentType: "image/jpeg",
          },
        ],
      },
    ],
  });
export type ItemsInput = z.infer<typeof ItemsInput>;

/** What must be uploaded first. */
export const MissingContent = z
  .object({
    sha256: Sha256,
    method: z.literal("PUT"),
    url: z.url(),
    headers: z.record(z.string(), z.string()),
    expiresAt: Instant,
  })
  .meta({ id: "MissingContent", description: "Where to upload bytes that the account does not have yet." });
export type MissingContent = z.infer<typeof MissingContent>;

export const ItemsReply = z
  .object({
    accepted: count.describe(
      "How many of these the run has now; the same again are counted again and change nothing",
    ),
    missing: z
      .array(MissingContent)
      .describe("Upload these, then send their items again: they were not accepted"),
  })
  .meta({ id: "RunItemsReply" });
export type ItemsReply = z.infer<typeof ItemsReply>;

export const RunAction = z.enum(["finish-listing", "pause", "resume", "cancel", "seal", "roll-back"]).meta({
  id: "RunAction",
  description:
    "`finish-listing`: no items follow; `seal`: signs a new version of the source's manifest with this run's items; `roll-back`: makes a further version with what was there before this run.",
});
export type RunAction = z.infer<typeof RunAction>;
export const RunActionInput = z
  .strictObject({ action: RunAction })
  .meta({ id: "RunActionInput", examples: [{ action: "pause" }] });

export const ItemView = z
  .object({
    no: z.int(),
    name: z.string(),
    sha256: Sha256,
    end: End.nullable().describe("Null: open"),
    group: z.int().nullable().describe("The first item of those that show the same; null: it stands alone"),
    reason: z.string().nullable(),
    declared: z.string().nullable(),
    margin: z
      .number()
      .nullable()
      .describe(
        "How far it is from the boundary of the run's rules, in confidence: below 0 one of them is broken; null: none says anything of it",
      ),
    detections: z.array(Detection),
    picture: z.object({ url: z.url(), expiresAt: Instant }).describe("The picture itself, for at most 60 s"),
  })
  .meta({ id: "RunItem" });
export type ItemView = z.infer<typeof ItemView>;

export const ItemPage = z
  .object({ items: z.array(ItemView), nextAfter: z.int().nullable().describe("The next page's `after`") })
  .meta({ id: "RunItemPage" });
export type ItemPage = z.infer<typeof ItemPage>;

export const GroupView = z
  .object({
    group: z.int().describe("The number of its first item"),
    size: count,
    items: z.array(ItemView).describe("The first 12"),
  })
  .meta({ id: "RunGroup", description: "Items that show the same, for people's eyes." });
export const GroupPage = z
  .object({ groups: z.array(GroupView), nextAfter: z.int().nullable() })
  .meta({ id: "RunGroupPage" });
export type GroupPage = z.infer<typeof GroupPage>;

export const GroupDecision = z
  .strictObject({
    verdict: z
      .enum(["split", "join"])
      .describe(
        "`split`: these leave their group, and stay together; `join`: all of their groups become one",
      ),
    items: z.array(z.int().min(0)).min(1).max(limits.decidedItemsMax),
  })
  .meta({
    id: "RunGroupDecision",
    description: "What a person says of items. It holds for their bytes, in later runs of the account too.",
    examples: [{ verdict: "split", items: [12, 15] }],
  });
export type GroupDecision = z.infer<typeof GroupDecision>;

export const RunManifest = z
  .object({
    version: z.int(),
    publicKey: z.string().describe("Who signed it, as C2SP signed-note writes keys"),
    manifest: z
      .object({
        format: z.string(),
        segments: z.array(z.object({ name: z.string(), leaves: z.int(), root: z.string() })),
        note: z.string(),
      })
      .describe("manifest.json, to the letter"),
    segments: z.array(z.object({ name: z.string(), url: z.url(), expiresAt: Instant })),
  })
  .meta({ id: "RunManifest", description: "What was sealed: `vigil-verify` checks it offline." });
export type RunManifest = z.infer<typeof RunManifest>;

// What workers get and say.

const Chunk = z.int().min(0);
/** Each look at a chunk is one more. */
const Step = z.int().min(0);

/** The SQS body that asks for one chunk. It carries ids only: the worker asks for URLs, some at a time. */
export const ChunkJob = z.object({
  v: z.literal(1),
  runId: Id.of("run"),
  chunk: Chunk,
  step: Step,
  accountId: Id.of("account"),
  /** Null leaves the choice to the worker. */
  model: ModelName.nullable(),
  /** Whether numbers of what pictures look like are wanted; a job that does not say so wants none. */
  embeddings: z.boolean().default(false),
  requestedAt: Instant,
  traceparent: z.string().max(64),
  signature: z.string().max(128).optional(),
});
export type ChunkJob = z.infer<typeof ChunkJob>;

export const ChunkItemsRequest = z
  .object({
    chunk: Chunk,
    step: Step,
    after: z.int().min(-1).describe("The last item of the page before; -1: none"),
    model: ModelName.optional().describe("What the worker runs"),
  })
  .meta({ id: "ChunkItemsRequest", examples: [{ chunk: 0, step: 0, after: -1 }] });
export type ChunkItemsRequest = z.infer<typeof ChunkItemsRequest>;

export const ChunkItem = JobMoment.pick({
  url: true,
  expiresAt: true,
  sha256: true,
  bytes: true,
  contentType: true,
})
  .extend({ no: z.int() })
  .meta({ id: "ChunkItem" });
export type ChunkItem = z.infer<typeof ChunkItem>;
export const ChunkItems = z
  .object({ items: z.array(ChunkItem).describe("At most 32; none: that was all") })
  .meta({ id: "ChunkItems" });
export type ChunkItems = z.infer<typeof ChunkItems>;

/** `failed`: another try, later, may end differently. */
export const ChunkFinding = z
  .object({
    no: z.int().min(0),
    outcome: z.enum(["inspected", "unreadable", "refused", "failed"]),
    detections: z.array(Detection).max(review.detectionsPerMomentMax),
    hash: z
      .string()
      .regex(/^[0-9a-f]{16}$/)
      .nullable()
      .describe("Difference hash, 64 bits in hexadecimal"),
    embedding: z
      .base64()
      .max(Math.ceil(limits.embeddingNumbersMax / 3) * 4)
      .optional()
      .describe("Bytes of 0..127, as many for each picture of a model; absent: the model gives none"),
    reason: text().max(500).optional(),
  })
  .meta({ id: "ChunkFinding" });
export type ChunkFinding = z.infer<typeof ChunkFinding>;

export const ChunkReport = z
  .object({
    v: z.literal(1),
    chunk: Chunk,
    step: Step,
    workerId: text().min(1).max(100),
    model: ModelName,
    findings: z.array(ChunkFinding).max(limits.chunkItemsMax),
  })
  .meta({
    id: "ChunkReport",
    examples: [
      {
        v: 1,
        chunk: 0,
        step: 0,
        workerId: "garage-1",
        model: { name: "yolov8n", sha256: "0".repeat(64) },
        findings: [{ no: 0, outcome: "inspected", detections: [], hash: "00ff00ff00ff00ff" }],
      },
    ],
  });
export type ChunkReport = z.infer<typeof ChunkReport>;

export const ChunkReply = z
  .object({ status: z.enum(["stored", "already-stored"]) })
  .meta({ id: "ChunkReply" });
export type ChunkReply = z.infer<typeof ChunkReply>;
