/** What people's roles and deeds are called. */
import type { AuditEntry, Role } from "../api/contract.ts";

export const roleWords: Readonly<Record<Role, { name: string; you: string; may: string }>> = {
  owner: { name: "Owner", you: "You own it", may: "decides everything: people, devices, settings" },
  member: { name: "Member", you: "You are a member", may: "sees everything, and asks for reviews" },
  viewer: { name: "Viewer", you: "You may look", may: "sees what was seen" },
};
export const roles = ["owner", "member", "viewer"] as const satisfies readonly Role[];

const deeds: Readonly<Record<string, string>> = {
  "account.opened": "opened the account",
  "account.changed": "changed the settings",
  "account.export-asked": "asked for everything in an archive",
  "account.export-written": "wrote everything into an archive",
  "account.erasure-asked": "asked for the account to be erased",
  "account.erasure-called-off": "called the erasure off",
  "subscription.doubled": "cancelled what was bought twice",
  "member.joined": "joined",
  "member.changed": "changed",
  "member.removed": "removed",
  "member.left": "left",
  "invitation.created": "made an invitation",
  "invitation.revoked": "took an invitation back",
  "token.issued": "made a token",
  "token.revoked": "revoked a token",
  "device.created": "added",
  "device.enrolled": "let in",
  "device.removed": "removed",
  "enrolment.refused": "turned a device away",
  "enrolment.locked": "typed too many wrong codes",
  "key.rotated": "put a new device key in the place of the old",
  "key.issued": "made a device key",
  "key.revoked": "revoked a device key",
  "tier.changed": "changed the tier",
  "checkout.opened": "went to buy",
  "portal.opened": "went to change the subscription",
  "consent.given": "consented to something being looked for",
  "consent.withdrawn": "withdrew a consent",
  "consent.erased": "erased what was stored under a consent",
  "endpoint.created": "added a place to be told",
  "endpoint.removed": "removed a place to be told",
};

/** "Ada removed Porch camera": what is not known by a name of its own is told as the API calls it. */
export function deedOf({ actor, actorName, action, subject, subjectName }: AuditEntry): string {
  const whom = subjectName === null || subject === actor ? "" : ` ${subjectName}`;
  return `${actorName ?? actor} ${deeds[action] ?? action.replaceAll(".", " ")}${whom}`;
}
