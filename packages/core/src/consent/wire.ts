/** What an owner consents to have looked for in a site's pictures: nothing, until they say so. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";

export const consentKinds = ["faces", "plates", "reidentification"] as const;
export const ConsentKind = z.enum(consentKinds).meta({
  id: "ConsentKind",
  example: "plates",
  description:
    "`faces`: whether faces are clear enough to see, and how many; `plates`: number plates, as text; `reidentification`: numbers of what people and whole pictures look like, by which the same is known again.",
});
export type ConsentKind = z.infer<typeof ConsentKind>;

/** Of each kind, whether it may be looked for. */
export const Allowed = z.object({ faces: z.boolean(), plates: z.boolean(), reidentification: z.boolean() });
export type Allowed = z.infer<typeof Allowed>;

export const nothingAllowed: Allowed = Object.freeze({
  faces: false,
  plates: false,
  reidentification: false,
});

/** What can be looked for, and may be. */
export function bothOf(can: Allowed, may: Allowed): Allowed {
  return {
    faces: can.faces && may.faces,
    plates: can.plates && may.plates,
    reidentification: can.reidentification && may.reidentification,
  };
}

/** `PUT /v1/sites/{id}/consents/{kind}` */
export const ConsentInput = z
  .strictObject({
    given: z.boolean().describe("False withdraws it: what was stored of that kind is erased"),
  })
  .meta({ id: "ConsentInput", examples: [{ given: true }] });
export type ConsentInput = z.infer<typeof ConsentInput>;

const count = z.int().min(0);

/** What a consent's end has taken with it. */
export const WithdrawnCounts = z
  .object({
    findings: count.describe("Faces, plates, or names by which the same person was known again"),
    reports: count.describe("Reports of workers that had them"),
    digests: count.describe("Digests that were put into words again without them"),
    messages: count.describe("What was told by webhook, mail or browser, as it is kept here"),
    leaves: count.describe("Earlier words of digests, as the evidence log was able to prove them"),
    embeddings: count.describe("Of pictures of runs"),
    archives: count.describe("Exports of the account that could have held some of it"),
  })
  .meta({ id: "WithdrawnCounts" });
export type WithdrawnCounts = z.infer<typeof WithdrawnCounts>;

export const Withdrawal = z
  .object({
    withdrawnBy: z.string().describe("A member's name; `Vigil`: it was stored before anybody was asked"),
    withdrawnAt: Instant,
    erasedAt: Instant.nullable().describe("Null: what was stored is being erased"),
    counts: WithdrawnCounts.describe("What went until now"),
    note: z
      .string()
      .nullable()
      .describe("The receipt as a C2SP signed note, with the key that signs the evidence log"),
  })
  .meta({ id: "Withdrawal" });

export const ConsentView = z
  .object({
    kind: ConsentKind,
    given: z.boolean(),
    givenBy: z.string().nullable().describe("The owner's name; null: it is not given"),
    givenAt: Instant.nullable(),
    withdrawal: Withdrawal.nullable().describe("The last; null: it was never given"),
  })
  .meta({ id: "Consent", description: "Whether something may be looked for in a site's pictures." });
export type ConsentView = z.infer<typeof ConsentView>;

export const SiteConsents = z
  .object({
    siteId: Id.of("site"),
    siteName: z.string(),
    consents: z.array(ConsentView).describe("One of each kind"),
  })
  .meta({ id: "SiteConsents" });
export type SiteConsents = z.infer<typeof SiteConsents>;
