/**
 * Invitations. A link holds the account, the invitation and a secret: `acc_….inv_….…`; the database has the secret's hash.
 */
import { createHash, randomBytes } from "node:crypto";
import { and, asc, count, eq, gt, isNull } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import * as Id from "../id.ts";
import { people as limits } from "../limits.ts";
import { member } from "../member/member.sql.ts";
import type { Role } from "../member/wire.ts";
import { problem } from "../problem.ts";
import { invitation } from "./invitation.sql.ts";

export type Invitation = typeof invitation.$inferSelect;

type Link = { accountId: string; id: string; hash: Uint8Array };

const secretBytes = 24;
const hashOf = (secret: string): Uint8Array => createHash("sha256").update(secret).digest();

/** @throws `not-found` for what is no link's token */
export function readToken(token: string): Link {
  const [accountId = "", id = "", secret = "", ...rest] = token.split(".");
  const isWhole = Id.of("account").safeParse(accountId).success && Id.of("invitation").safeParse(id).success;
  if (!isWhole || secret === "" || rest.length > 0) throw gone();
  return { accountId, id, hash: hashOf(secret) };
}

/** A missing one, another's, one that was used, has ended or was taken back: which of these is not said. */
export const gone = () =>
  problem("not-found", "this invitation does not exist, or was used, has ended or was taken back");

/** Makes one. The token is in this answer alone. */
export async function record(
  tx: Tx,
  { accountId, role, invitedBy, at }: { accountId: string; role: Role; invitedBy: string; at: Date },
): Promise<Invitation & { token: string }> {
  const secret = randomBytes(secretBytes).toString("base64url");
  const row = {
    id: Id.create("invitation"),
    accountId,
    role,
    hash: hashOf(secret),
    invitedBy,
    createdAt: at,
    expiresAt: new Date(at.getTime() + limits.invitationMsMax),
  };
  const [created] = await tx.insert(invitation).values(row).returning();
  if (!created) throw new Error("expected the invitation that was just made");
  return { ...created, token: `${accountId}.${row.id}.${secret}` };
}

const open = (at: Date) =>
  and(isNull(invitation.acceptedAt), isNull(invitation.revokedAt), gt(invitation.expiresAt, at));

/** Those that may still be accepted, if whoever made them is still an owner. */
export async function list(tx: Tx, at: Date): Promise<Invitation[]> {
  const rows = await tx
    .select({ invitation })
    .from(invitation)
    .innerJoin(member, inviterIsOwner())
    .where(open(at))
    .orderBy(asc(invitation.id));
  return rows.map((row) => row.invitation);
}

export async function countOpen(tx: Tx, at: Date): Promise<number> {
  const [row] = await tx.select({ rows: count() }).from(invitation).where(open(at));
  return row?.rows ?? 0;
}

const inviterIsOwner = () =>
  and(eq(member.id, invitation.invitedBy), eq(member.role, "owner"), isNull(member.removedAt));

/** The invitation of a link, and who made it, locked until the transaction ends. @throws `not-found` */
export async function getOpen(
  tx: Tx,
  { id, hash }: Link,
  at: Date,
): Promise<Invitation & { inviterName: string }> {
  const [found] = await tx
    .select({ invitation, inviterName: member.name })
    .from(invitation)
    .innerJoin(member, inviterIsOwner())
    .where(and(eq(invitation.id, id), eq(invitation.hash, hash), open(at)))
    .for("update", { of: invitation });
  if (!found) throw gone();
  return { ...found.invitation, inviterName: found.inviterName };
}

export async function accept(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.update(invitation).set({ acceptedAt: at }).where(eq(invitation.id, id));
}

/** Taking it back again changes nothing. @throws `not-found` */
export async function revoke(tx: Tx, id: string, at: Date): Promise<void> {
  const taken = await tx
    .update(invitation)
    .set({ revokedAt: at })
    .where(and(eq(invitation.id, id), isNull(invitation.acceptedAt)))
    .returning({ id: invitation.id });
  if (taken.length === 0) throw problem("not-found", `no open invitation ${id}`);
}

export async function revokeAll(tx: Tx, at: Date): Promise<void> {
  await tx.update(invitation).set({ revokedAt: at }).where(open(at));
}
