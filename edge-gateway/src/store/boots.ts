/** The boots of the gateway, and what is known of the clock in each. */
import type { Database } from "./database.ts";
import type { Boot } from "./item.ts";

type Row = {
  number: number;
  label: string;
  started_wall_ms: number;
  clock_trusted: number;
  anchor_monotonic_ms: number | null;
  anchor_true_ms: number | null;
  last_monotonic_ms: number;
};

export type Boots = {
  /** `random` is 4 hex digits. The wall clock is trusted unless it stands before a time that was stored. */
  start(wallMs: number, random: string): Boot;
  /** Oldest first. */
  list(): Boot[];
  /** The first answer of the API in this boot told the time. */
  anchor(number: number, anchor: { monotonicMs: number; trueMs: number }): void;
  /** Remembers how late it is, for the next boot to compare with. */
  remember(number: number, at: { wallMs: number; monotonicMs: number }): void;
  /** Forgets boots that no item comes from, except the latest ones. */
  prune(): void;
};

/** Boots that are kept although nothing of theirs is left: their anchors bound the time of others. */
const bootsKept = 20;

function bootOf(row: Row): Boot {
  const { anchor_monotonic_ms: monotonicMs, anchor_true_ms: trueMs } = row;
  return {
    number: row.number,
    label: row.label,
    startedWallMs: row.started_wall_ms,
    clockTrusted: row.clock_trusted === 1,
    anchor: monotonicMs === null || trueMs === null ? null : { monotonicMs, trueMs },
    lastMonotonicMs: row.last_monotonic_ms,
  };
}

export function openBoots(database: Database): Boots {
  const { sql } = database;
  const latest = sql.prepare(
    "SELECT coalesce(max(number), 0) AS number, coalesce(max(last_wall_ms), 0) AS wallMs FROM boot",
  );
  const insert = sql.prepare(`
    INSERT INTO boot (number, label, started_wall_ms, clock_trusted, last_wall_ms) VALUES (?, ?, ?, ?, ?) RETURNING *`);
  const all = sql.prepare("SELECT * FROM boot ORDER BY number");
  const setAnchor = sql.prepare(
    "UPDATE boot SET anchor_monotonic_ms = ?, anchor_true_ms = ? WHERE number = ?",
  );
  const setLast = sql.prepare(`
    UPDATE boot SET last_monotonic_ms = max(last_monotonic_ms, ?), last_wall_ms = ? WHERE number = ?`);
  const forget = sql.prepare(`
    DELETE FROM boot WHERE number <= (SELECT max(number) FROM boot) - ? AND number NOT IN (SELECT boot FROM item)`);

  return {
    start(wallMs, random) {
      return database.transact(() => {
        const before = latest.get() as { number: number; wallMs: number };
        const number = before.number + 1;
        const trusted = wallMs >= before.wallMs ? 1 : 0;
        const row = insert.get(number, `${number}-${random}`, wallMs, trusted, wallMs);
        return bootOf(row as Row);
      });
    },
    list: () => (all.all() as Row[]).map(bootOf),
    anchor(number, { monotonicMs, trueMs }) {
      database.transact(() => setAnchor.run(monotonicMs, trueMs, number));
    },
    remember(number, { wallMs, monotonicMs }) {
      database.transact(() => setLast.run(monotonicMs, Math.round(wallMs), number));
    },
    prune() {
      database.transact(() => forget.run(bootsKept));
    },
  };
}
