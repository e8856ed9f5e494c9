/** The ledger as members and operators read it, and as the sweep remembers it for the metrics. */
import { inAccount } from "../../db/index.ts";
import * as Ledger from "../../ledger/index.ts";
import type { LedgerNoun, LedgerView, OperatorLedgerView } from "../../ledger/wire.ts";
import type { Services } from "../services.ts";

export async function getLedger(services: Services, accountId: string): Promise<LedgerView> {
  const at = services.clock.now().toISOString();
  const { counts, faults } = await inAccount(services.database, accountId, (_, sql) => Ledger.read(sql));
  const lines = Ledger.addUp(counts);
  const balanced = faults.length === 0 && lines.every(({ missing }) => missing === 0);
  return {
    at,
    balanced,
    lines,
    faults: faults.map(({ kind, subject, detail }) => ({ kind, subject, detail })),
  };
}

export async function getLedgerOfAll(services: Services): Promise<OperatorLedgerView> {
  const at = services.clock.now().toISOString();
  const { counts, unbalanced, faults } = await Ledger.readOfAll(services.database.sql);
  const lines = Ledger.addUp(counts);
  const missing = unbalanced.length > 0 || lines.some((line) => line.missing !== 0);
  return { at, balanced: faults.length === 0 && !missing, lines, unbalanced, faults };
}

/** What the metrics show of it. `missing` of each line; RFC 3339, UTC. */
export type CheckedLedger = {
  at: string;
  balanced: boolean;
  missing: { noun: LedgerNoun; missing: number }[];
  faults: number;
};

const stateName = "ledger";

/** Adds up what was written down since, and remembers whether it balances. @returns how many lines were added up */
export async function checkLedger(services: Services): Promise<number> {
  const { sql } = services.database;
  const lines = await Ledger.fold(sql);
  const { at, balanced, lines: all, unbalanced, faults } = await getLedgerOfAll(services);
  const checked: CheckedLedger = {
    at,
    balanced,
    // Of two accounts one may miss what the other has too many of.
    missing: all.map(({ noun, missing }) => ({
      noun,
      missing: Math.max(
        Math.abs(missing),
        unbalanced.reduce((sum, one) => (one.noun === noun ? sum + Math.abs(one.missing) : sum), 0),
      ),
    })),
    faults: faults.length,
  };
  if (!balanced) {
    services.log.error({ unbalanced, faults }, "the ledger does not balance: GET /operator/v1/ledger");
  }
  await sql.begin(async (tx) => {
    await tx`select lock_system_state(${stateName})`;
    await tx`select save_system_state(${stateName}, ${JSON.stringify(checked)}::jsonb, ${services.clock.now()})`;
  });
  return lines;
}

/** As the sweep found it last; undefined before the first time. */
export async function getCheckedLedger(services: Services): Promise<CheckedLedger | undefined> {
  const [row] = await services.database.sql<
    { value: CheckedLedger | null }[]
  >`select read_system_state(${stateName}) as value`;
  return row?.value ?? undefined;
}
