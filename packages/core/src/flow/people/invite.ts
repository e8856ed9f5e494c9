/** Owners invite by a link; whoever is signed in and opens it first becomes a member. */
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount } from "../../db/index.ts";
import * as Id from "../../id.ts";
import * as Invitation from "../../invitation/index.ts";
import type {
  InvitationAcceptance,
  InvitationInput,
  InvitationShown,
  InvitationView,
  InvitationWithLink,
} from "../../invitation/wire.ts";
import { people as limits } from "../../limits.ts";
import * as Member from "../../member/index.ts";
import { problem } from "../../problem.ts";
import type { Membership, Memberships } from "../../sign-in/wire.ts";
import type { Services } from "../services.ts";

export async function listInvitations(services: Services, accountId: string): Promise<InvitationView[]> {
  return inAccount(services.database, accountId, async (tx) =>
    (await Invitation.list(tx, services.clock.now())).map(view),
  );
}

function view({ id, role, invitedBy, createdAt, expiresAt }: Invitation.Invitation): InvitationView {
  return { id, role, invitedBy, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}

/** @throws `too-many` */
export async function invite(
  services: Services,
  { accountId, actor }: Audit.Actor,
  { role }: InvitationInput,
): Promise<InvitationWithLink> {
  return inAccount(services.database, accountId, async (tx) => {
    await Account.lock(tx, accountId);
    const at = services.clock.now();
    if ((await Invitation.countOpen(tx, at)) >= limits.invitationsOpenMax) {
      throw problem("too-many", `expected at most ${limits.invitationsOpenMax} open invitations`);
    }
    const made = await Invitation.record(tx, { accountId, role, invitedBy: actor, at });
    const action = "invitation.created";
    await Audit.record(tx, { accountId, actor, action, subject: made.id, detail: { role }, at });
    // Behind #, so that no server and no log sees it.
    return { ...view(made), link: `${services.telling.consoleOrigin}/invitation#${made.token}` };
  });
}

/** @throws `not-found` */
export async function revokeInvitation(
  services: Services,
  { accountId, actor }: Audit.Actor,
  id: string,
): Promise<void> {
  await inAccount(services.database, accountId, async (tx) => {
    const at = services.clock.now();
    await Invitation.revoke(tx, id, at);
    await Audit.record(tx, { accountId, actor, action: "invitation.revoked", subject: id, at });
  });
}

/** What a link invites to. @throws `not-found` */
export async function showInvitation(services: Services, token: string): Promise<InvitationShown> {
  const link = Invitation.readToken(token);
  return inAccount(services.database, link.accountId, async (tx) => {
    const { role, inviterName, expiresAt } = await Invitation.getOpen(tx, link, services.clock.now());
    const { name: accountName } = await Account.get(tx, link.accountId);
    return { accountName, role, invitedBy: inviterName, expiresAt: expiresAt.toISOString() };
  });
}

/** @throws `not-found`, `already-member`, `too-many` */
export async function acceptInvitation(
  services: Services,
  { person, items }: Memberships,
  { token, name }: InvitationAcceptance,
): Promise<Membership> {
  const link = Invitation.readToken(token);
  if (items.length >= limits.accountsPerPersonMax) {
    throw problem("too-many", `expected a person to be in at most ${limits.accountsPerPersonMax} accounts`);
  }
  const { accountId } = link;
  return inAccount(services.database, accountId, async (tx) => {
    const at = services.clock.now();
    const found = await Invitation.getOpen(tx, link, at);
    const account = await Account.lock(tx, accountId);
    if ((await Member.list(tx)).length >= limits.membersPerAccountMax) {
      throw problem("too-many", `expected at most ${limits.membersPerAccountMax} members of an account`);
    }
    const { role } = found;
    const { id: personId, email } = person;
    const added = { id: Id.create("member"), accountId, name, role, personId, email };
    if (!(await Member.record(tx, added))) {
      throw problem("already-member", `you are a member of ${account.name} already`);
    }
    await Invitation.accept(tx, found.id, at);
    await Audit.record(tx, {
      accountId,
      actor: added.id,
      action: "member.joined",
      subject: added.id,
      detail: { name, role, invitation: found.id, invitedBy: found.invitedBy },
      at,
    });
    return {
      account: { id: accountId, name: account.name, tier: account.tier },
      memberId: added.id,
      name,
      role,
    };
  });
}
