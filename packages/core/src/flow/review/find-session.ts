/** The session of an id that was given out, even where it has become part of another since then. */
import { eq } from "drizzle-orm";
import type { Tx } from "../../db/index.ts";
import { session } from "../../session/session.sql.ts";

export type Session = typeof session.$inferSelect;

export async function findSession(tx: Tx, id: string, lock = false): Promise<Session | undefined> {
  const query = tx.select().from(session).where(eq(session.id, id)).$dynamic();
  const [found] = await (lock ? query.for("no key update") : query);
  return found && found.mergedInto !== null ? findSession(tx, found.mergedInto, lock) : found;
}
