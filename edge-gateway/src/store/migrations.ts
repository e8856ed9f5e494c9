/** The store's own tables. Each entry is applied once, in order, and never edited after it has shipped. */
import type { DatabaseSync } from "node:sqlite";

const migrations: readonly string[] = [
  `
  CREATE TABLE boot (
    number INTEGER PRIMARY KEY,
    label TEXT NOT NULL,
    started_wall_ms INTEGER NOT NULL,
    clock_trusted INTEGER NOT NULL CHECK (clock_trusted IN (0, 1)),
    anchor_monotonic_ms REAL,
    anchor_true_ms REAL,
    last_monotonic_ms REAL NOT NULL DEFAULT 0,
    last_wall_ms INTEGER NOT NULL,
    CHECK ((anchor_monotonic_ms IS NULL) = (anchor_true_ms IS NULL))
  ) STRICT;

  -- number keeps the order in which items were heard.
  CREATE TABLE item (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    stage TEXT NOT NULL CHECK (stage IN ('heard', 'frozen', 'accepted')),
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    boot INTEGER NOT NULL REFERENCES boot (number),
    wall_ms INTEGER NOT NULL,
    monotonic_ms REAL NOT NULL,
    heard TEXT NOT NULL,
    body TEXT,
    event_id TEXT,
    CHECK ((body IS NULL) = (stage = 'heard')),
    CHECK ((event_id IS NULL) = (stage <> 'accepted'))
  ) STRICT;
  CREATE INDEX item_by_turn ON item (urgent DESC, number);

  -- There is a file evidence/<aa>/<sha256> for each sha256 here.
  CREATE TABLE evidence (
    item_number INTEGER NOT NULL REFERENCES item (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (item_number, position)
  ) STRICT;
  CREATE INDEX evidence_by_content ON evidence (sha256);

  -- Events only: heard = the sum of the ended ones + the rows of item.
  CREATE TABLE tally (
    what TEXT NOT NULL CHECK (what IN ('heard', 'forwarded', 'refused', 'dropped')),
    reason TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (what, reason)
  ) STRICT;

  -- What did not reach the API, event or evidence, and why.
  CREATE TABLE ledger (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms INTEGER NOT NULL,
    item_id TEXT NOT NULL,
    evidence TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('refused', 'dropped')),
    reason TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT;

  -- What the local page shows after a restart.
  CREATE TABLE alarm (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    at_ms INTEGER NOT NULL,
    alarm TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- What other programs call what was heard of them, the newest of it.
  CREATE TABLE origin (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  `,
  `
  -- JSON; null: from before evidence was signed.
  ALTER TABLE evidence ADD COLUMN signature TEXT;
  `,
];

/**
 * Brings the store up to date, each step whole or not at all.
 * Throws when a newer gateway wrote it: an older one could misread what that one keeps.
 */
export function migrate(database: DatabaseSync, steps: readonly string[] = migrations): void {
  const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
  if (version > steps.length) {
    throw new Error(
      `the store has version ${version}, this gateway knows up to ${steps.length}: install the newer gateway again`,
    );
  }
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN IMMEDIATE; ${step}; PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}
