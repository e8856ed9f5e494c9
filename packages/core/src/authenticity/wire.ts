/**
 * Whether evidence is what it claims to be, as far as that can be said: separate fields, never one score, and none of them
 * says that a picture is true. docs/authenticity.md says what each rests on.
 */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { text } from "../text.ts";

const names = z.array(text().max(100)).max(20);

export const ProvenanceStatus = z
  .enum([
    "absent",
    "unreadable",
    "remote-only",
    "trusted",
    "valid-untrusted",
    "legacy-or-expired",
    "manifest-altered",
    "content-changed",
  ])
  .meta({
    id: "ProvenanceStatus",
    description:
      "`absent`: no statement of origin, which proves nothing; `unreadable`; `remote-only`: the file names one elsewhere, which is not fetched; `trusted`: signed by somebody whom the worker's operator trusts, and unchanged since; `valid-untrusted`: signed and unchanged, by nobody who is known; `legacy-or-expired`: no sign of a change, and not valid by today's rules; `manifest-altered`: the statement itself was changed; `content-changed`: the file was changed after it was signed.",
  });
export type ProvenanceStatus = z.infer<typeof ProvenanceStatus>;

/** IPTC's words for pictures that no camera took, in whole or in part (https://cv.iptc.org/newscodes/digitalsourcetype/). */
export const generatedSourceTypes: ReadonlySet<string> = new Set([
  "trainedAlgorithmicMedia",
  "compositeWithTrainedAlgorithmicMedia",
  "algorithmicMedia",
  "compositeSynthetic",
  "virtualRecording",
]);

export const Provenance = z
  .object({
    status: ProvenanceStatus,
    codes: names.describe(
      "Why, in the codes of the C2PA specification, and `reader.*` of what could not be read",
    ),
    signer: text().max(200).optional().describe("As the certificate names it"),
    signedAt: Instant.optional().describe("By a time stamp that verifies"),
    generator: text().max(200).optional().describe("What made the statement, as it says itself"),
    actions: names.optional().describe("What was done, as the statement says"),
    ingredients: z
      .int()
      .min(0)
      .optional()
      .describe("How many other files it was made from, as the statement says"),
    sourceTypes: names.optional().describe("IPTC digital source types, such as `trainedAlgorithmicMedia`"),
    sourceTypesBy: z
      .enum(["manifest", "metadata"])
      .optional()
      .describe("`metadata`: anybody can have written them"),
  })
  .meta({ id: "Provenance", description: "What a file says of its origin, and whether that holds." });
export type Provenance = z.infer<typeof Provenance>;

/** What a file says of its source. A statement that was changed, or whose file was, says nothing of the file that is here. */
export function statedSourceTypes(provenance: Provenance | null | undefined): readonly string[] {
  const isAltered = provenance?.status === "manifest-altered" || provenance?.status === "content-changed";
  return isAltered ? [] : (provenance?.sourceTypes ?? []);
}

export const CustodyStatus = z.enum(["unbroken", "mismatch", "not-logged"]).meta({
  id: "CustodyStatus",
  description:
    "`unbroken`: what was accepted is in the evidence log, and is what is kept; `mismatch`: the log has another hash than what is kept; `not-logged`: the log has nothing of it, not yet or because it is older than the log.",
});
export type CustodyStatus = z.infer<typeof CustodyStatus>;

/** Of a picture made 64 by 48 cells, the upper and the lower eighth left out: that is where clocks and names are written. */
export const sketch = Object.freeze({ columns: 64, rows: 36, cells: 64 * 36 });

export const SketchText = z
  .string()
  .regex(/^[A-Za-z0-9+/]{3072}$/)
  .meta({
    id: "Sketch",
    description:
      "Grey levels of 64 x 36 cells of a picture, in base64, row by row: it is made 64 x 48 cells, of which the upper and lower six rows are left out.",
  });

export const Unrepeatable = z.enum(["not-looked-for", "nothing-before", "nothing-moves"]).meta({
  id: "Unrepeatable",
  description:
    "Why nobody can say whether a picture repeats one: `not-looked-for`: no worker has looked at it; `nothing-before`: there is nothing of its camera to compare it with; `nothing-moves`: it shows what always stands there, as many others do.",
});
export type Unrepeatable = z.infer<typeof Unrepeatable>;

export const Replay = z
  .object({
    status: z
      .enum(["exact", "repeat", "none-found", "cannot-tell"])
      .describe(
        "`exact`: the very same bytes came before, as of another time, by any device of the account; `repeat`: other bytes, and the same thing at the same place and in the same posture came before of the same device; `none-found`: neither in the 30 days before, which proves nothing; `cannot-tell`: not the same bytes, and no more can be said",
      ),
    why: Unrepeatable.optional().describe("Where `status` is `cannot-tell`"),
    earlier: z
      .object({ momentId: Id.of("moment"), eventId: Id.of("event"), capturedAt: Instant })
      .optional()
      .describe("The nearest before it that is `exact` or that it repeats"),
  })
  .meta({ id: "Replay", description: "Whether a picture came before." });
export type Replay = z.infer<typeof Replay>;

export const ExifFacts = z
  .object({
    make: text().max(60).optional(),
    model: text().max(60).optional(),
    software: text().max(60).optional(),
    takenAt: z.iso.datetime({ local: true }).optional().describe("As the camera's clock had it"),
    zone: z
      .string()
      .regex(/^[+-]\d\d:\d\d$/)
      .optional()
      .describe("Of `takenAt`, where it is stated"),
    width: z.int().min(1).max(65_535).optional(),
    height: z.int().min(1).max(65_535).optional(),
  })
  .meta({
    id: "ExifFacts",
    description: "What a picture's EXIF block says, which anybody can have written.",
  });
export type ExifFacts = z.infer<typeof ExifFacts>;

export const Traits = z
  .object({
    encoder: text().max(200).describe("What the file's head tells of the program that encoded it"),
    width: z.int().min(1).max(65_535).describe("As stored, in pixels"),
    height: z.int().min(1).max(65_535),
    exif: ExifFacts.optional(),
    thumbnailLikeness: z
      .number()
      .min(-1)
      .max(1)
      .optional()
      .describe("How far the small picture within the file is like the picture: a correlation"),
  })
  .meta({ id: "Traits", description: "What a picture's file tells of the camera that made it." });
export type Traits = z.infer<typeof Traits>;

export const CaptureCode = z
  .enum([
    "name-differs",
    "exif-size-differs",
    "thumbnail-differs",
    "camera-differs",
    "time-ahead",
    "time-differs",
    "signature-wrong",
    "encoder-new",
    "size-new",
  ])
  .meta({
    id: "CaptureCode",
    description:
      "Contradictions: `name-differs`: the name ends as another kind of file does; `exif-size-differs`: EXIF says another size; `thumbnail-differs`: the small picture within the file shows something else; `camera-differs`: EXIF names another camera than all pictures of the device did; `time-ahead`: EXIF has a time to come; `time-differs`: EXIF and the event disagree by more than the device's clock explains; `signature-wrong`: it is not what its gateway signed when it was captured. And what is new of the device: `encoder-new`, `size-new`.",
  });
export type CaptureCode = z.infer<typeof CaptureCode>;

export const CaptureReason = z
  .object({ code: CaptureCode, detail: text().max(200) })
  .meta({ id: "CaptureReason" });
export type CaptureReason = z.infer<typeof CaptureReason>;

export const SignatureStatus = z.enum(["holds", "wrong", "unknown-key"]).meta({
  id: "SignatureStatus",
  description:
    "`holds`: these bytes were signed by the gateway when they were captured; `wrong`: other bytes, another time or another number were; `unknown-key`: by a key that the gateway has not told.",
});
export type SignatureStatus = z.infer<typeof SignatureStatus>;

export const CaptureSignature = z
  .object({
    status: SignatureStatus,
    at: Instant.describe("As the gateway's clock had it"),
    keyId: z.string(),
    sequence: z.int().min(0).describe("Counts up with each signature of the key"),
  })
  .meta({ id: "CaptureSignature", description: "What a gateway signed of a picture when it was captured." });
export type CaptureSignature = z.infer<typeof CaptureSignature>;

export const Capture = z
  .object({
    status: z
      .enum(["consistent", "novel", "contradicts", "cannot-tell"])
      .describe(
        "`consistent`: encoded as pictures of this device are, which some other cameras' are too; `novel`: not as any of this device was, as after an update, with other settings, or of another camera; `contradicts`: the file says something that cannot be so, or that differs from what the event says; `cannot-tell`: nothing contradicts itself, and no more can be said",
      ),
    why: z
      .enum(["not-looked-for", "not-enrolled", "varies"])
      .optional()
      .describe(
        "Where `status` is `cannot-tell`: no worker has looked; too few pictures of the device were seen; or they differ too much from each other",
      ),
    reasons: z.array(CaptureReason).max(8),
    signature: CaptureSignature.optional().describe(
      "Absent: it came without one, as from all that are no gateway",
    ),
  })
  .meta({
    id: "Capture",
    description: "Whether a picture's file is as one of its device is, and agrees with itself.",
  });
export type Capture = z.infer<typeof Capture>;

export const Synthetic = z
  .object({
    status: z
      .enum(["declared", "cannot-tell"])
      .describe(
        "`declared`: the file itself says that it was generated; `cannot-tell`: it does not, which proves nothing",
      ),
    reasons: names,
  })
  .meta({
    id: "Synthetic",
    description:
      "Whether a picture was generated. From pixels alone Vigil does not say: no detector that was measured is better than chance on generators that it has not seen.",
  });
export type Synthetic = z.infer<typeof Synthetic>;

export const Authenticity = z
  .object({
    provenance: Provenance.nullable().describe("Null: no worker has looked for it"),
    custody: z.object({ status: CustodyStatus }),
    capture: Capture,
    replay: Replay,
    synthetic: Synthetic,
  })
  .meta({
    id: "Authenticity",
    description:
      "What can be said of whether a picture is what it claims to be. None of it changes an event's level.",
  });
export type Authenticity = z.infer<typeof Authenticity>;
