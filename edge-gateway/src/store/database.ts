/** The store's SQLite: a commit has reached the disk when it returns, and survives a power cut. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { migrate } from "./migrations.ts";

export type Database = {
  readonly sql: DatabaseSync;
  /** Whole or not at all. Not to be nested. */
  transact<T>(work: () => T): T;
  close(): void;
};

/** SQLite's primary result codes: https://www.sqlite.org/rescode.html */
const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;

/** Whether an error of the file system or of SQLite means that there is no room. */
export function isFull(error: unknown): boolean {
  const { code, errcode } = (error ?? {}) as { code?: unknown; errcode?: unknown };
  if (code === "ENOSPC" || code === "EDQUOT") return true;
  // SQLite's shared-memory file cannot grow on a full disk, which it tells as an I/O error.
  return typeof errcode === "number" && [SQLITE_FULL, SQLITE_IOERR].includes(errcode & 0xff);
}

export function openDatabase(directory: string): Database {
  const sql = new DatabaseSync(join(directory, "gateway.db"), { timeout: 5_000 });
  try {
    sql.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
      PRAGMA wal_autocheckpoint = 256;
      PRAGMA journal_size_limit = 1048576;
    `);
    migrate(sql);
  } catch (error) {
    sql.close();
    throw error;
  }
  return {
    sql,
    transact(work) {
      sql.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        sql.exec("COMMIT");
        return result;
      } catch (error) {
        // A full disk may have rolled it back already.
        if (sql.isTransaction) sql.exec("ROLLBACK");
        throw error;
      }
    },
    close: () => sql.close(),
  };
}
