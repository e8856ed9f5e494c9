/** The evidence log: what a leaf says, and what proves that it is there. docs/custody.md says how it is checked. */
import * as z from "zod";
import { ContentType, Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { text } from "../text.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What is logged of a piece of evidence, at the moment at which it was accepted. */
export const EvidenceStatement = z.object({
  v: z.literal(1),
  kind: z.literal("evidence"),
  account: Id.of("account"),
  device: Id.of("device"),
  event: Id.of("event"),
  moment: Id.of("moment"),
  contentType: ContentType,
  bytes: z.int(),
  /** Of the bytes as they are kept. */
  sha256,
  capturedAt: Instant,
  receivedAt: Instant,
});

/** What is logged of a digest, each time that it says something else. */
export const DigestStatement = z.object({
  v: z.literal(1),
  kind: z.literal("digest"),
  account: Id.of("account"),
  digest: Id.of("digest"),
  session: Id.of("session"),
  /** Of what it says, in canonical JSON (told.ts). */
  told: sha256,
});
export type DigestStatement = z.infer<typeof DigestStatement>;

const size = z.int().min(0);
const base64 = z.string();

export const TimeStamp = z
  .object({
    token: base64.describe("RFC 3161's token over the note, DER"),
    at: Instant,
    authority: text()
      .max(200)
      .describe("As its certificate names it; whether it is to be trusted, is not said"),
  })
  .meta({ id: "LogTimeStamp", description: "An authority's word that a signed state was there by then." });

export const Checkpoint = z
  .object({
    note: z
      .string()
      .describe("C2SP signed note of a C2SP tlog-checkpoint: origin, size, root, and the line `time`"),
    size: size.describe("How many leaves the log had"),
    root: base64.describe("RFC 6962's root over them, in base64"),
    signedAt: Instant,
    publicKey: z.string().describe("Who has signed it, as C2SP signed-note writes a key"),
    timeStamp: TimeStamp.nullable().describe("Null: there is none, or not yet"),
  })
  .meta({ id: "LogCheckpoint", description: "A signed state of the evidence log." });
export type Checkpoint = z.infer<typeof Checkpoint>;

export const Consistency = z.object({ from: size, to: size, proof: z.array(base64) }).meta({
  id: "LogConsistency",
  description:
    "RFC 6962's proof that the log of `to` leaves begins with the very leaves of the one of `from`.",
});
export type Consistency = z.infer<typeof Consistency>;

export const LoggedLeaf = z
  .object({
    subject: z.union([Id.of("moment"), Id.of("digest")]),
    leaf: base64.describe("32 bytes of salt, and what was logged as JSON, in base64"),
    position: size.describe("Its number in the log, from 0"),
    proof: z.array(base64).describe("RFC 6962's proof that it is in the log of the checkpoint"),
  })
  .meta({ id: "LoggedLeaf" });

export const Custody = z
  .object({
    checkpoint: Checkpoint.nullable().describe(
      "The earliest one that all leaves are in; null: there are none",
    ),
    leaves: z.array(LoggedLeaf),
    notLogged: z
      .array(z.string())
      .describe("Moments and digests that the log has nothing of: not yet, or they are from before it began"),
  })
  .meta({ id: "Custody", description: "What the evidence log knows of a digest or an event, with proofs." });
export type Custody = z.infer<typeof Custody>;
