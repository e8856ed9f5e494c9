/** A PostgreSQL for the length of one bench. */
import { startTestServer } from "../../scripts/test-server.ts";

export async function inTestServer(work: () => Promise<void>): Promise<void> {
  await using server = await startTestServer();
  process.env["TEST_DATABASE_URL"] = server.url;
  await work();
}
