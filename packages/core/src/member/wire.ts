/** Members of an account, and their keys, as members read and change them. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { people as limits } from "../limits.ts";
import { text } from "../text.ts";

export const roles = ["owner", "member", "viewer"] as const;
export const Role = z.enum(roles).meta({ id: "Role" });
export type Role = z.infer<typeof Role>;

export const MemberName = text().min(1).max(100);

export const MemberView = z
  .object({
    id: Id.of("member"),
    name: z.string(),
    role: Role,
    email: z.string().nullable().describe("Under which they joined; null for one that has keys alone"),
    joinedAt: Instant,
  })
  .meta({ id: "Member" });
export type MemberView = z.infer<typeof MemberView>;

export const MemberChange = z
  .strictObject({ role: Role.optional(), name: MemberName.optional() })
  .refine((change) => Object.keys(change).length > 0, "expected role or name")
  .meta({ id: "MemberChange", examples: [{ name: "Ada" }] });
export type MemberChange = z.infer<typeof MemberChange>;

export const OwnName = z
  .strictObject({ name: MemberName })
  .meta({ id: "OwnName", examples: [{ name: "Ada" }] });

export const TokenInput = z
  .strictObject({
    name: text().min(1).max(100).describe("What it is for"),
    days: z
      .int()
      .min(1)
      .max(limits.tokenDaysMax)
      .default(limits.tokenDaysDefault)
      .describe("How long it lasts"),
  })
  .meta({ id: "TokenInput", examples: [{ name: "Backup script", days: 90 }] });
export type TokenInput = z.infer<typeof TokenInput>;

export const TokenView = z
  .object({
    id: Id.of("key"),
    memberId: Id.of("member"),
    name: z.string().nullable(),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
    expiresAt: Instant.nullable().describe("Null for one that an operator made"),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: "Token", description: "A member's own key, for programs: vgl_mem_…" });
export type TokenView = z.infer<typeof TokenView>;

export const TokenWithKey = TokenView.extend({ key: z.string() }).meta({
  id: "TokenWithKey",
  description: "The only answer that ever holds a token in the clear.",
});
export type TokenWithKey = z.infer<typeof TokenWithKey>;
