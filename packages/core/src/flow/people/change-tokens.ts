/** Members' own keys, for programs: each has a name and an end, and is revoked at once. */
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount } from "../../db/index.ts";
import * as Key from "../../key/index.ts";
import { people as limits } from "../../limits.ts";
import type { TokenInput, TokenView, TokenWithKey } from "../../member/wire.ts";
import { problem } from "../../problem.ts";
import type { Services } from "../services.ts";
import type { ActingMember } from "./change-members.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** One's own; an owner sees everybody's. */
export async function listTokens(services: Services, by: ActingMember): Promise<TokenView[]> {
  return inAccount(services.database, by.accountId, async (tx) =>
    (await Key.listOfMembers(tx, by.role === "owner" ? undefined : by.actor)).map(view),
  );
}

function view({ id, subjectId, name, createdAt, lastUsedAt, expiresAt, revokedAt }: Key.Key): TokenView {
  return {
    id,
    memberId: subjectId,
    name,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}

/** @throws `too-many` */
export async function addToken(
  services: Services,
  { accountId, actor }: Audit.Actor,
  { name, days }: TokenInput,
): Promise<TokenWithKey> {
  return inAccount(services.database, accountId, async (tx) => {
    await Account.lock(tx, accountId);
    const at = services.clock.now();
    const valid = (await Key.listOfMembers(tx, actor)).filter((key) => key.revokedAt === null);
    if (valid.length >= limits.tokensPerMemberMax) {
      throw problem("too-many", `expected at most ${limits.tokensPerMemberMax} tokens; revoke one first`);
    }
    const expiresAt = new Date(at.getTime() + days * dayMs);
    const issued = await Key.issue(tx, { accountId, kind: "member", subjectId: actor, name, expiresAt });
    const action = "token.issued";
    await Audit.record(tx, { accountId, actor, action, subject: issued.row.id, detail: { name, days }, at });
    return { ...view(issued.row), key: issued.key };
  });
}

/** One's own; an owner revokes anybody's. @throws `not-found` */
export async function revokeToken(services: Services, by: ActingMember, id: string): Promise<void> {
  const { accountId, actor, role } = by;
  await inAccount(services.database, accountId, async (tx) => {
    const found = (await Key.listOfMembers(tx, role === "owner" ? undefined : actor)).find(
      (key) => key.id === id,
    );
    if (!found) throw problem("not-found", `no token ${id}`);
    const at = services.clock.now();
    await Key.revoke(tx, found.subjectId, id, at);
    const detail = { name: found.name, memberId: found.subjectId };
    await Audit.record(tx, { accountId, actor, action: "token.revoked", subject: id, detail, at });
  });
}
