/**
 * The ledger: counted by triggers in the transactions that they count (`ledger_entry`), folded by the sweep, read in one
 * statement and so of one snapshot, whatever is written at the same time.
 */
import type { Queryable } from "../db/index.ts";
import { ledger as limits } from "../limits.ts";
import type { Count } from "./add-up.ts";
import type { LedgerFault, LedgerNoun } from "./wire.ts";

export { addUp } from "./add-up.ts";

type Fault = LedgerFault & { accountId: string };
export type Reading = { counts: Count[]; faults: Fault[] };
export type ReadingOfAll = Reading & {
  unbalanced: { accountId: string; noun: LedgerNoun; missing: number }[];
};

/** Of the account of the transaction. */
export async function read(sql: Queryable): Promise<Reading> {
  const rows = await sql<{ reading: Reading }[]>`select read_ledger(${limits.faultsMax}) as reading`;
  return first(rows).reading;
}

/** Of all accounts together. */
export async function readOfAll(sql: Queryable): Promise<ReadingOfAll> {
  const rows = await sql<
    { reading: ReadingOfAll }[]
  >`select read_ledger_of_all(${limits.faultsMax}) as reading`;
  return first(rows).reading;
}

/** Adds lines up, some at once. What is read before and after is the same. @returns how many lines */
export async function fold(sql: Queryable): Promise<number> {
  const rows = await sql<{ lines: number }[]>`select fold_ledger(${limits.foldedAtOnceMax})::int as lines`;
  return first(rows).lines;
}

function first<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error("expected one row of the ledger");
  return row;
}
