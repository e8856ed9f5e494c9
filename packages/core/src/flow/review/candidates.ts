/** The moments that a review may look at. */
import { and, eq, type SQL } from "drizzle-orm";
import type { Tx } from "../../db/index.ts";
import { event } from "../../event/event.sql.ts";
import type { Event } from "../../event/index.ts";
import { isLifeSafety } from "../../event/wire.ts";
import { moment } from "../../evidence/evidence.sql.ts";
import * as Level from "../../level.ts";
import { localHour } from "../../local-time.ts";
import type { Candidate } from "../../review/index.ts";

/** A session of 15 minutes may hold more images than anybody will look at; the newest of them are not even read. */
const candidatesMax = 2_000;

/** Moments that are ready, of the events for which `which` holds. */
export async function listCandidates(tx: Tx, which: SQL, timeZone: string): Promise<Candidate[]> {
  const rows = await tx
    .select({ moment, event })
    .from(moment)
    .innerJoin(event, eq(event.id, moment.eventId))
    .where(and(which, eq(moment.state, "ready")))
    .orderBy(moment.id)
    .limit(candidatesMax);
  return rows.map(({ moment: piece, event: reported }) => ({
    id: piece.id,
    eventId: reported.id,
    deviceId: reported.deviceId,
    eventType: reported.type,
    zone: reported.zone,
    confidence: reported.confidence,
    capturedAt: piece.capturedAt,
    sha256: piece.sha256,
    lifeSafety: isLifeSafety(reported),
    priority: priorityOf(reported),
    localHour: localHour(piece.capturedAt, timeZone),
  }));
}

/** 1 (most urgent) to 4, as in a job. */
function priorityOf(reported: Event): 1 | 2 | 3 | 4 {
  return ([4, 3, 2, 1] as const)[Level.rank(reported.assessment.level)] ?? 4;
}
