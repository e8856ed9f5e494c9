/** Migrations by their names, one after the other, as a deployment that stops half-way leaves them. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { raw, type Sql } from "@vigil/core/db";

const migrations = path.resolve(import.meta.dirname, "../../migrations");
type Journal = { entries: { tag: string }[] };

/** All of them, the oldest first. */
export async function migrationTags(): Promise<string[]> {
  const text = await readFile(path.join(migrations, "meta/_journal.json"), "utf8");
  return (JSON.parse(text) as Journal).entries.map(({ tag }) => tag);
}

export async function applyMigrations(sql: Sql, tags: readonly string[]): Promise<void> {
  for (const tag of tags) {
    const text = await readFile(path.join(migrations, `${tag}.sql`), "utf8");
    for (const statement of text.split("--> statement-breakpoint")) await sql`${raw(statement)}`;
  }
}
