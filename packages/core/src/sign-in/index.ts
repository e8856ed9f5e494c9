/**
 * Who is signed in in a browser. Persons belong to no account: their tables are sign-in's own, and this asks the one function
 * that crosses from there to memberships, and what language they chose.
 */
import type { Database } from "../db/index.ts";
import type { Language } from "../language/wire.ts";
import type { Role } from "../member/wire.ts";
import { problem } from "../problem.ts";
import type { Tier } from "../tiers.ts";
import type { Membership, Memberships, Person, PersonChange } from "./wire.ts";

type Row = {
  person_id: string;
  email: string;
  language: Language | null;
  account_id: string | null;
  account_name: string | null;
  tier: Tier | null;
  member_id: string | null;
  name: string | null;
  role: Role | null;
};

/** @param token of the browser, out of its signed cookie @returns undefined when nobody is signed in with it any longer */
export async function find(database: Database, token: string): Promise<Memberships | undefined> {
  const rows = await database.sql<Row[]>`
    select *, language_of_sign_in(${token}) as language from memberships_of_sign_in(${token})`;
  const [first] = rows;
  if (!first) return undefined;
  const { person_id: id, email, language } = first;
  return { person: { id, email, language }, items: rows.flatMap(membershipOf) };
}

/** What a person is told in, in each of their accounts. @throws `not-found` for one that is gone meanwhile */
export async function changePerson(
  database: Database,
  person: Person,
  { language }: PersonChange,
): Promise<Person> {
  const [row] = await database.sql<{ done: boolean }[]>`
    select choose_language_of_person(${person.id}, ${language}) as done`;
  if (!row?.done) throw problem("not-found", `no person ${person.id}`);
  return { ...person, language };
}

function membershipOf(row: Row): Membership[] {
  const { account_id: id, account_name: accountName, tier, member_id: memberId, name, role } = row;
  if (id === null || accountName === null || tier === null) return [];
  if (memberId === null || name === null || role === null) return [];
  return [{ account: { id, name: accountName, tier }, memberId, name, role }];
}
