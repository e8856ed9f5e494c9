/** Roles, and what was done in the account, in words. */
import type { AuditEntry, Role } from "../api/contract.ts";
import { say } from "./say-deeds.ts";

export const roles = ["owner", "member", "viewer"] as const satisfies readonly Role[];

/** "Ada removed Porch camera": what is not known by a name of its own is told as the API calls it. */
export function deedOf({ actor, actorName, action, subject, subjectName }: AuditEntry): string {
  const whom = subjectName === null || subject === actor ? "" : subjectName;
  const who = actorName ?? actor;
  const deed = Object.hasOwn(say.deeds, action) ? say.deeds[action] : undefined;
  return (deed?.(who, whom) ?? say.otherDeed(who, action.replaceAll(".", " "), whom)).trimEnd();
}
