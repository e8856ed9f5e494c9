/** Sessions of devices that cry wolf are not looked at by themselves below a level. What threatens life always is. */
import { and, eq, inArray, ne, sql } from "drizzle-orm";
import type { Tx } from "../../db/index.ts";
import { event } from "../../event/event.sql.ts";
import * as Level from "../../level.ts";
import { source as limits } from "../../limits.ts";
import { source } from "../../source/source.sql.ts";

export type Reported = { id: string; levelRank: number; assessment: { lifeSafety: boolean } };

/**
 * Those that nobody looks at unless asked to: every one of their devices is on probation and they are judged below `elevated`, or
 * is blocked and they are below `critical`. The rules' judgement is the gate, because it is there at once and costs nothing; a
 * session in which any trusted device has a part stands, because one that cries wolf does not silence the others.
 */
export async function findHeldBack(tx: Tx, sessions: readonly Reported[], now: Date): Promise<Set<string>> {
  const inDoubt = sessions.filter(
    ({ levelRank, assessment }) => !assessment.lifeSafety && levelRank < Level.rank("critical"),
  );
  if (inDoubt.length === 0) return new Set();
  const unblockedBefore = new Date(now.getTime() - limits.blockedMs).toISOString();
  const rows = await tx
    .select({
      sessionId: event.sessionId,
      isBlocked: sql<boolean>`bool_and(${source.state} = 'blocked' and ${source.since} > ${unblockedBefore}::timestamptz)`,
    })
    .from(event)
    .leftJoin(
      source,
      and(eq(source.kind, "device"), eq(source.key, event.deviceId), ne(source.state, "trusted")),
    )
    .where(
      inArray(
        event.sessionId,
        inDoubt.map(({ id }) => id),
      ),
    )
    .groupBy(event.sessionId)
    .having(sql`bool_and(${source.id} is not null)`);
  const isBlocked = new Map(rows.map((row) => [row.sessionId, row.isBlocked]));
  const held = inDoubt.filter(
    ({ id, levelRank }) =>
      isBlocked.has(id) && levelRank < Level.rank(isBlocked.get(id) ? "critical" : "elevated"),
  );
  return new Set(held.map(({ id }) => id));
}
