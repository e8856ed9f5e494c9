/** The latest alarms as the local page shows them, kept over a restart. Each is replaced whole when more is known of it. */
import type { Database } from "./database.ts";

const alarmsKept = 1_000;

export type KeptAlarm = { id: string; atMs: number; alarm: string };

export type AlarmHistory = {
  /** `alarm` is JSON; an alarm of the same id is replaced. */
  put(alarm: KeptAlarm): void;
  /** Newest first. */
  list(limit: number): KeptAlarm[];
};

export function openAlarmHistory(database: Database): AlarmHistory {
  const { sql } = database;
  const upsert = sql.prepare(`
    INSERT INTO alarm (id, at_ms, alarm) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET alarm = excluded.alarm`);
  const trim = sql.prepare("DELETE FROM alarm WHERE number <= (SELECT max(number) FROM alarm) - ?");
  const newest = sql.prepare("SELECT id, at_ms AS atMs, alarm FROM alarm ORDER BY number DESC LIMIT ?");
  return {
    put({ id, atMs, alarm }) {
      database.transact(() => {
        upsert.run(id, Math.round(atMs), alarm);
        trim.run(alarmsKept);
      });
    },
    list: (limit) => newest.all(limit) as KeptAlarm[],
  };
}
