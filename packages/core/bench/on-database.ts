import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../../../scripts/local/postgres.ts";
import { createTestDatabase, type TestDatabase } from "../testing/database.ts";

/** Measures on a PostgreSQL of its own with these accounts, which is gone afterwards whatever happens. */
export async function onDatabase(
  plan: Parameters<typeof createTestDatabase>[0],
  measure: (base: TestDatabase) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "vigil-bench-"));
  try {
    await using postgres = await startPostgres({
      dataDir: join(folder, "postgres"),
      logFile: join(folder, "postgres.log"),
      password: randomBytes(16).toString("hex"),
      volatile: true,
    });
    process.env.TEST_DATABASE_URL = postgres.url("postgres");
    const base = await createTestDatabase(plan);
    try {
      await measure(base);
    } finally {
      await base.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
