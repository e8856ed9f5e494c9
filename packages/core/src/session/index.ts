/** Sessions: events of one site that lie close together in time. */
import { and, eq } from "drizzle-orm";
import type { Assessment } from "../assessment/wire.ts";
import type { Tx } from "../db/index.ts";
import { rank } from "../level.ts";
import { session } from "./session.sql.ts";

export { closeAt } from "./close-at.ts";
export { findIncident, incidentGapMs } from "./follows.ts";
export { type JoinableSession, join } from "./join.ts";
export { type Merge, type Regroupable, regroup } from "./regroup.ts";

export type Session = typeof session.$inferSelect;

/** The session of an id that was given out, or the one that it has become part of since. */
export async function find(tx: Tx, id: string): Promise<Session | undefined> {
  const [found] = await tx.select().from(session).where(eq(session.id, id));
  return found && found.mergedInto !== null ? find(tx, found.mergedInto) : found;
}

/** The same, locked until the transaction ends; the account's lock comes before this one. */
export async function lock(tx: Tx, id: string): Promise<Session | undefined> {
  const [found] = await tx.select().from(session).where(eq(session.id, id)).for("no key update");
  return found && found.mergedInto !== null ? lock(tx, found.mergedInto) : found;
}

/** Closes an open session that the transaction has locked, with what its events amount to as a whole. */
export async function close(tx: Tx, id: string, assessment: Assessment, at: Date): Promise<Session> {
  const [closed] = await tx
    .update(session)
    .set({
      state: "closed",
      closedAt: at,
      assessment,
      score: assessment.score,
      levelRank: rank(assessment.level),
    })
    .where(and(eq(session.id, id), eq(session.state, "open")))
    .returning();
  if (!closed) throw new Error(`expected session ${id} to be open and locked`);
  return closed;
}
