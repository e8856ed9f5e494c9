/** Invitations, as owners make them and as the invited read them. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { MemberName, Role } from "../member/wire.ts";

export const InvitationInput = z
  .strictObject({ role: Role })
  .meta({ id: "InvitationInput", examples: [{ role: "member" }] });
export type InvitationInput = z.infer<typeof InvitationInput>;

export const InvitationView = z
  .object({
    id: Id.of("invitation"),
    role: Role,
    invitedBy: Id.of("member"),
    createdAt: Instant,
    expiresAt: Instant,
  })
  .meta({ id: "Invitation", description: "One that may still be accepted." });
export type InvitationView = z.infer<typeof InvitationView>;

export const InvitationWithLink = InvitationView.extend({ link: z.url() }).meta({
  id: "InvitationWithLink",
  description: "The only answer that ever holds the link. Whoever opens it first becomes a member.",
});
export type InvitationWithLink = z.infer<typeof InvitationWithLink>;

const token = z.string().min(1).max(300).describe("What stands behind # in the link");
const example = "acc_….inv_….secret";

export const InvitationToken = z
  .strictObject({ token })
  .meta({ id: "InvitationToken", examples: [{ token: example }] });

export const InvitationShown = z
  .object({ accountName: z.string(), role: Role, invitedBy: z.string(), expiresAt: Instant })
  .meta({ id: "InvitationShown" });
export type InvitationShown = z.infer<typeof InvitationShown>;

export const InvitationAcceptance = z
  .strictObject({ token, name: MemberName.describe("What the account's members call you") })
  .meta({ id: "InvitationAcceptance", examples: [{ token: example, name: "Ada" }] });
export type InvitationAcceptance = z.infer<typeof InvitationAcceptance>;
