/**
 * Who is signed in in a browser. Persons belong to no account: their tables are sign-in's own, and this asks the one function
 * that crosses from there to memberships.
 */
import type { Database } from "../db/index.ts";
import type { Role } from "../member/wire.ts";
import type { Tier } from "../tiers.ts";
import type { Membership, Memberships } from "./wire.ts";

type Row = {
  person_id: string;
  email: string;
  account_id: string | null;
  account_name: string | null;
  tier: Tier | null;
  member_id: string | null;
  name: string | null;
  role: Role | null;
};

/** @param token of the browser, out of its signed cookie @returns undefined when nobody is signed in with it any longer */
export async function find(database: Database, token: string): Promise<Memberships | undefined> {
  const rows = await database.sql<Row[]>`select * from memberships_of_sign_in(${token})`;
  const [first] = rows;
  if (!first) return undefined;
  return { person: { id: first.person_id, email: first.email }, items: rows.flatMap(membershipOf) };
}

function membershipOf(row: Row): Membership[] {
  const { account_id: id, account_name: accountName, tier, member_id: memberId, name, role } = row;
  if (id === null || accountName === null || tier === null) return [];
  if (memberId === null || name === null || role === null) return [];
  return [{ account: { id, name: accountName, tier }, memberId, name, role }];
}
