/** Links to one digest, and bundles of one, as members make and list them. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { share as limits } from "../limits.ts";

export const ShareInput = z
  .strictObject({ hours: z.int().min(1).max(limits.hoursMax).default(limits.hoursDefault) })
  .meta({ id: "ShareInput", examples: [{ hours: limits.hoursDefault }] });
export type ShareInput = z.infer<typeof ShareInput>;

export const ShareView = z
  .object({
    id: Id.of("share"),
    digestId: Id.of("digest"),
    memberId: Id.of("member").describe("Who made it"),
    createdAt: Instant,
    expiresAt: Instant,
    revokedAt: Instant.nullable(),
    openings: z.int(),
    lastOpenedAt: Instant.nullable(),
  })
  .meta({ id: "Share", description: "A link by which anybody may read one digest." });
export type ShareView = z.infer<typeof ShareView>;

export const ShareWithUrl = ShareView.extend({ url: z.string() }).meta({
  id: "ShareWithUrl",
  description: "The only answer that ever holds the link itself.",
});
export type ShareWithUrl = z.infer<typeof ShareWithUrl>;

export const Bundle = z
  .object({
    url: z.string().describe("A presigned GET of at most 60 s: a zip archive"),
    expiresAt: Instant,
    bytes: z.int(),
    sumsSha256: z.string().describe("SHA-256 of the bundle's list of sums, hex; the audit trail has it too"),
    pictures: z.int(),
  })
  .meta({ id: "Bundle", description: "A digest with its pictures, to be kept and checked without Vigil." });
export type Bundle = z.infer<typeof Bundle>;
