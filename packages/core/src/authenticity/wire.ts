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

export const CustodyStatus = z.enum(["unbroken", "mismatch", "not-logged"]).meta({
  id: "CustodyStatus",
  description:
    "`unbroken`: what was accepted is in the evidence log, and is what is kept; `mismatch`: the log has another hash than what is kept; `not-logged`: the log has nothing of it, not yet or because it is older than the log.",
});
export type CustodyStatus = z.infer<typeof CustodyStatus>;

export const Replay = z
  .object({
    status: z
      .enum(["exact", "none-found"])
      .describe(
        "`exact`: the very same bytes came before, as of another time; `none-found`: they did not in the 30 days before. A picture that was encoded anew has other bytes, so that this proves nothing",
      ),
    earlier: z
      .object({ momentId: Id.of("moment"), eventId: Id.of("event"), capturedAt: Instant })
      .optional()
      .describe("The nearest before it that has the same bytes"),
  })
  .meta({ id: "Replay", description: "Whether a picture was sent before, by any device of the account." });
export type Replay = z.infer<typeof Replay>;

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
    replay: Replay,
    synthetic: Synthetic,
  })
  .meta({
    id: "Authenticity",
    description:
      "What can be said of whether a picture is what it claims to be. None of it changes an event's level.",
  });
export type Authenticity = z.infer<typeof Authenticity>;
