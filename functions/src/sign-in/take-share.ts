/** How many codes one address may be sent, however many ask for them: counted in one statement. */
import { createHash, randomUUID } from "node:crypto";
import { people as limits } from "@vigil/core/limits";
import { signInRate } from "@vigil/core/sign-in/tables";
import { APIError } from "better-auth/api";
import { sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";

/** @throws APIError `TOO_MANY_REQUESTS`: of an address that is nobody's as of any other */
export async function takeShare(database: NodePgDatabase, of: string): Promise<void> {
  const key = `code ${createHash("sha256").update(of).digest("hex")}`;
  const nowMs = Date.now();
  const isOver = sql`${signInRate.lastRequest} <= ${nowMs - limits.codesPerAddressMs}`;
  const [row] = await database
    .insert(signInRate)
    .values({ id: randomUUID(), key, count: 1, lastRequest: nowMs })
    .onConflictDoUpdate({
      target: signInRate.key,
      // The time of the first of them, so that the hour has an end however many are refused in it.
      set: {
        count: sql`case when ${isOver} then 1 else ${signInRate.count} + 1 end`,
        lastRequest: sql`case when ${isOver} then ${nowMs} else ${signInRate.lastRequest} end`,
      },
    })
    .returning();
  if (!row || row.count <= limits.codesPerAddressMax) return;
  const seconds = Math.ceil((row.lastRequest + limits.codesPerAddressMs - nowMs) / 1000);
  throw new APIError(
    "TOO_MANY_REQUESTS",
    {
      code: "rate-limited",
      message: "so many codes were asked for this address that no more are sent for a while",
    },
    { "Retry-After": String(seconds) },
  );
}
