/** What became of everything that was heard: exact counts, and for what did not reach the API a line each. */
import type { Database } from "./database.ts";
import type { Balance, LedgerEntry, Outcome } from "./item.ts";

/** Lines that are kept; the counts are kept for ever. */
const entriesKept = 10_000;
const detailCharsMax = 500;

export type Ledger = {
  /** Inside a transaction of the caller's. */
  countHeard(events: number): void;
  countEnded(outcome: Outcome, reason: string, events: number): void;
  write(entry: LedgerEntry): void;
  balance(): Balance;
  /** Newest first. */
  list(limit: number): LedgerEntry[];
};

export function openLedger({ sql }: Database): Ledger {
  const add = sql.prepare(`
    INSERT INTO tally (what, reason, count) VALUES (?, ?, ?)
    ON CONFLICT (what, reason) DO UPDATE SET count = count + excluded.count`);
  const insert = sql.prepare(`
    INSERT INTO ledger (at_ms, item_id, evidence, outcome, reason, detail) VALUES (?, ?, ?, ?, ?, ?)`);
  const trim = sql.prepare("DELETE FROM ledger WHERE number <= (SELECT max(number) FROM ledger) - ?");
  const tallies = sql.prepare("SELECT what, reason, count FROM tally ORDER BY what, reason");
  const kept = sql.prepare("SELECT count(*) AS kept, coalesce(sum(urgent), 0) AS keptUrgent FROM item");
  const newest = sql.prepare(`
    SELECT at_ms AS atMs, item_id AS itemId, evidence, outcome, reason, detail
    FROM ledger ORDER BY number DESC LIMIT ?`);

  return {
    countHeard: (events) => void add.run("heard", "", events),
    countEnded: (outcome, reason, events) => void add.run(outcome, reason, events),
    write({ atMs, itemId, evidence, outcome, reason, detail }) {
      insert.run(Math.round(atMs), itemId, evidence, outcome, reason, detail.slice(0, detailCharsMax));
      trim.run(entriesKept);
    },
    balance() {
      const rows = tallies.all() as { what: Outcome | "heard"; reason: string; count: number }[];
      const ended = rows.flatMap(({ what, reason, count }) =>
        what === "heard" ? [] : [{ outcome: what, reason, count }],
      );
      const heard = rows.find(({ what }) => what === "heard")?.count ?? 0;
      return { heard, ended, ...(kept.get() as { kept: number; keptUrgent: number }) };
    },
    list: (limit) => newest.all(limit) as LedgerEntry[],
  };
}
