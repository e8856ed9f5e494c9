/** A digest that is written is put into words again. Its words are loaded where there is one: most events that are accepted have none. */
import type * as Account from "../../account/index.ts";
import type { Tx } from "../../db/index.ts";
import * as Review from "../../review/index.ts";

/**
 * The digest of a session whose events have moved or grown is put into words again.
 * @returns the session's review that is under way or done, if there is one
 */
export async function rewriteDigest(
  tx: Tx,
  account: Account.Account,
  sessionId: string,
  now: Date,
): Promise<string | undefined> {
  const found = await Review.findOfSession(tx, sessionId);
  if (found?.state === "completed") {
    const moments = await Review.listMoments(tx, found.id);
    const { writeDigest } = await import("./write-digest.ts");
    await writeDigest(tx, { account, found, moments, now });
  }
  return found?.id;
}
