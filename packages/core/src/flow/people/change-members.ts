/** Who is in an account, and as what. Whoever changes it holds the account's lock, so that an owner always stays. */
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import * as Member from "../../member/index.ts";
import type { MemberChange, MemberView, Role } from "../../member/wire.ts";
import { problem } from "../../problem.ts";
import type { Services } from "../services.ts";

/** A member who acts, in the role that they came with. */
export type ActingMember = Audit.Actor & { role: Role };

export async function listMembers(services: Services, accountId: string): Promise<MemberView[]> {
  return inAccount(services.database, accountId, async (tx) => (await Member.list(tx)).map(viewMember));
}

function viewMember({ id, name, role, email, createdAt }: Member.Member): MemberView {
  return { id, name, role, email, joinedAt: createdAt.toISOString() };
}

/**
 * An owner changes a member's role, and so hands the account over, or their name.
 * @throws `not-found`, `forbidden`, `last-owner`
 */
export async function changeMember(
  services: Services,
  by: ActingMember,
  id: string,
  change: MemberChange,
): Promise<MemberView> {
  return underLock(services, by, async (tx, acting) => {
    assertOwner(acting);
    const before = await Member.get(tx, id);
    if (change.role !== undefined && change.role !== "owner") await assertOwnerStays(tx, before);
    const changed = await Member.change(tx, id, change);
    const detail = { name: changed.name, role: changed.role, roleBefore: before.role };
    await note(tx, services, by, { action: "member.changed", subject: id, detail });
    return viewMember(changed);
  });
}

/** An owner removes a member: nothing of theirs is worth anything from now on. @throws `not-found`, `forbidden`, `last-owner` */
export async function removeMember(services: Services, by: ActingMember, id: string): Promise<void> {
  await underLock(services, by, async (tx, acting) => {
    assertOwner(acting);
    await end(tx, services, by, { member: await Member.get(tx, id), action: "member.removed" });
  });
}

/** @throws `last-owner` */
export async function leaveAccount(services: Services, by: ActingMember): Promise<void> {
  await underLock(services, by, (tx, acting) =>
    end(tx, services, by, { member: acting, action: "member.left" }),
  );
}

/** Everybody chooses what they are called in the account. */
export async function rename(services: Services, by: ActingMember, name: string): Promise<MemberView> {
  return underLock(services, by, async (tx, { role }) => {
    const changed = await Member.change(tx, by.actor, { name });
    await note(tx, services, by, { action: "member.changed", subject: by.actor, detail: { name, role } });
    return viewMember(changed);
  });
}

/** As the acting member is now: they may have been changed or removed since they came. */
async function underLock<T>(
  services: Services,
  { accountId, actor }: ActingMember,
  work: (tx: Tx, acting: Member.Member) => Promise<T>,
): Promise<T> {
  return inAccount(services.database, accountId, async (tx) => {
    await Account.lock(tx, accountId);
    return work(tx, await Member.get(tx, actor));
  });
}

function assertOwner({ role }: Member.Member): void {
  if (role !== "owner") throw problem("forbidden", `expected an owner, got a ${role}`);
}

async function end(
  tx: Tx,
  services: Services,
  by: ActingMember,
  { member, action }: { member: Member.Member; action: "member.left" | "member.removed" },
): Promise<void> {
  const { id, name, role } = member;
  await assertOwnerStays(tx, member);
  await Member.remove(tx, id, services.clock.now());
  await note(tx, services, by, { action, subject: id, detail: { name, role } });
}

function note(
  tx: Tx,
  { clock }: Services,
  { accountId, actor }: ActingMember,
  deed: Pick<Audit.Deed, "action" | "subject" | "detail">,
): Promise<void> {
  return Audit.record(tx, { accountId, actor, at: clock.now(), ...deed });
}

/** @throws `last-owner` when the account would have none without them */
async function assertOwnerStays(tx: Tx, { id, role }: Member.Member): Promise<void> {
  if (role !== "owner") return;
  const others = (await Member.list(tx)).filter((one) => one.role === "owner" && one.id !== id);
  if (others.length === 0) {
    throw problem("last-owner", "make somebody else an owner first, or erase the account");
  }
}
