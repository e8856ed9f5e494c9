/** The ledger of all accounts, as the owner of the tables reads it. */
import type { Sql } from "@vigil/core/db";
import { addUp, type ReadingOfAll } from "@vigil/core/ledger";
import type { LedgerLine } from "@vigil/core/ledger/wire";

export async function readLedger(owner: Sql): Promise<ReadingOfAll & { lines: LedgerLine[] }> {
  const [row] = await owner<{ reading: ReadingOfAll }[]>`select read_ledger_of_all(20) as reading`;
  if (!row) throw new Error("expected a ledger");
  return { ...row.reading, lines: addUp(row.reading.counts) };
}
