/** Accounts as operators see them: all of them, whoever's they are. */
import type { Queryable } from "../db/index.ts";
import { type Page, type PageRequest, pageOf } from "../page.ts";
import type { Tier } from "../review/wire.ts";
import type { OperatedAccount } from "./wire.ts";

type Row = {
  id: string;
  name: string;
  tier: Tier;
  time_zone: string;
  created_at: Date;
  members: string;
  devices: string;
};

/** The newest first. @param words a part of a name, or an id; undefined: all of them */
export async function listOperated(
  sql: Queryable,
  { limit, before, words }: PageRequest & { words: string | undefined },
): Promise<Page<OperatedAccount>> {
  const rows = await sql<
    Row[]
  >`select * from operated_accounts(${before ?? null}, ${words ?? null}, ${limit + 1})`;
  const items = rows.map(({ time_zone: timeZone, created_at: createdAt, members, devices, ...row }) => ({
    ...row,
    timeZone,
    createdAt: createdAt.toISOString(),
    members: Number(members),
    devices: Number(devices),
  }));
  return pageOf(items, limit);
}
