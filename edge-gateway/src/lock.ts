/**
 * One gateway at a time on one store. The lock is SQLite's own on a file beside it: the system frees it when the process
 * ends, however it ends, so that a crash leaves nothing to clean up.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export class AlreadyRunning extends Error {
  override readonly name = "AlreadyRunning";
}

export type Lock = { release(): void };

const SQLITE_BUSY = 5;

/** A connection that nothing refers to is collected, and its lock with it: a lock that is not released is referred to here. */
const held = new Set<DatabaseSync>();

/** @throws `AlreadyRunning` with the id of the process that holds it */
export function takeLock(directory: string): Lock {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const holderFile = join(directory, "gateway.pid");
  const database = new DatabaseSync(join(directory, "gateway.lock"), { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
    throw new AlreadyRunning(`another gateway (process ${readHolder(holderFile)}) works on ${directory}`);
  }
  writeFileSync(holderFile, String(process.pid));
  held.add(database);
  return {
    release() {
      held.delete(database);
      database.close();
    },
  };
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "unknown";
  }
}
