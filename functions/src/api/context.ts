/** What travels with a request. */
import type { Services } from "@vigil/core/flow";
import type { Principal } from "@vigil/core/key";
import { problem } from "@vigil/core/problem";
import type { Context } from "hono";

export type Env = {
  Variables: {
    services: Services;
    requestId: string;
    principal: Principal;
  };
};

type Account = Extract<Principal, { accountId: string }>;

/** The member that asks. @throws `forbidden` for any other kind of key, or when the role is not enough */
export function memberOf(
  c: Context<Env>,
  roleMin: "viewer" | "member" | "owner" = "viewer",
): Extract<Account, { kind: "member" }> {
  const principal = c.get("principal");
  if (principal.kind !== "member")
    throw problem("forbidden", `expected a member's key, got one of a ${principal.kind}`);
  const ranks = { viewer: 0, member: 1, owner: 2 };
  if (ranks[principal.role] < ranks[roleMin]) {
    throw problem("forbidden", `expected a key of role ${roleMin} or above, got ${principal.role}`);
  }
  return principal;
}

/** The device that asks. @throws `forbidden` */
export function deviceOf(c: Context<Env>): Extract<Account, { kind: "device" }> {
  const principal = c.get("principal");
  if (principal.kind !== "device")
    throw problem("forbidden", `expected a device's key, got one of a ${principal.kind}`);
  return principal;
}

/** The operator that asks. @throws `forbidden` */
export function operatorOf(c: Context<Env>): Extract<Principal, { kind: "worker" | "operator" }> {
  const principal = c.get("principal");
  if (principal.kind !== "operator")
    throw problem("forbidden", `expected an operator's key, got one of a ${principal.kind}`);
  return principal;
}

/** The key in the Authorization header. @throws `unauthenticated` */
export function bearer(c: Context): string {
  const [, key] = /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "") ?? [];
  if (!key) throw problem("unauthenticated", "expected the header Authorization: Bearer vgl_…");
  return key;
}
