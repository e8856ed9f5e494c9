/** Members: persons with a role in an account. One that was removed keeps its row, for what it did. */
import { and, asc, eq, isNull } from "drizzle-orm";
import type { Queryable, Tx } from "../db/index.ts";
import type { Language } from "../language/wire.ts";
import { problem } from "../problem.ts";
import { member } from "./member.sql.ts";
import type { MemberChange } from "./wire.ts";

export type Member = typeof member.$inferSelect;

export async function list(tx: Tx): Promise<Member[]> {
  return tx.select().from(member).where(isNull(member.removedAt)).orderBy(asc(member.id));
}

/**
 * Where owners are told of what concerns the account itself, those who sign in, and in which language: the one that each has
 * chosen for themselves, or else that in which the same address is told of events, or English. Inside a transaction of the account.
 */
export async function listOwners(sql: Queryable): Promise<{ address: string; language: Language }[]> {
  return sql`select address, language from owners_to_tell()`;
}

/** @throws `not-found`, also for one that was removed */
export async function get(tx: Tx, id: string): Promise<Member> {
  const [found] = await tx
    .select()
    .from(member)
    .where(and(eq(member.id, id), isNull(member.removedAt)));
  if (!found) throw problem("not-found", `no member ${id}`);
  return found;
}

export async function isThere(tx: Tx, id: string): Promise<boolean> {
  const [found] = await tx
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.id, id), isNull(member.removedAt)));
  return found !== undefined;
}

/** @returns undefined when the person is a member already */
export async function record(
  tx: Tx,
  added: Pick<Member, "id" | "accountId" | "name" | "role" | "personId" | "email">,
): Promise<Member | undefined> {
  const [created] = await tx.insert(member).values(added).onConflictDoNothing().returning();
  return created;
}

export async function change(tx: Tx, id: string, settings: MemberChange): Promise<Member> {
  const { role, name } = settings;
  const [changed] = await tx
    .update(member)
    .set({ ...(role === undefined ? {} : { role }), ...(name === undefined ? {} : { name }) })
    .where(eq(member.id, id))
    .returning();
  if (!changed) throw problem("not-found", `no member ${id}`);
  return changed;
}

/** Nothing of theirs is valid from now on. */
export async function remove(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.update(member).set({ removedAt: at }).where(eq(member.id, id));
}

export async function removeAll(tx: Tx, at: Date): Promise<void> {
  await tx.update(member).set({ removedAt: at }).where(isNull(member.removedAt));
}
