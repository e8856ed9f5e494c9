/** Events as members read them. */
import { desc, eq, inArray, lt } from "drizzle-orm";
import { inAccount, type Tx } from "../../db/index.ts";
import { event } from "../../event/event.sql.ts";
import type { EventView } from "../../event/wire.ts";
import { moment } from "../../evidence/evidence.sql.ts";
import { type Page, type PageRequest, pageOf } from "../../page.ts";
import { problem } from "../../problem.ts";
import type { Services } from "../services.ts";
import { listOutlooks, type Outlook } from "./read-outlooks.ts";

export async function listEvents(
  services: Services,
  { accountId, limit, before }: PageRequest & { accountId: string },
): Promise<Page<EventView>> {
  return inAccount(services.database, accountId, async (tx) => {
    const rows = await tx
      .select()
      .from(event)
      .where(before === undefined ? undefined : lt(event.id, before))
      .orderBy(desc(event.id))
      .limit(limit + 1);
    const ids = [...new Set(rows.map((row) => row.sessionId))];
    return pageOf(await viewsOfEvents(tx, rows, await listOutlooks(services, tx, accountId, ids)), limit);
  });
}

/** @throws `not-found` */
export async function getEvent(
  services: Services,
  { accountId, id }: { accountId: string; id: string },
): Promise<EventView> {
  return inAccount(services.database, accountId, async (tx) => {
    const rows = await tx.select().from(event).where(eq(event.id, id));
    const ids = rows.map((row) => row.sessionId);
    const [found] = await viewsOfEvents(tx, rows, await listOutlooks(services, tx, accountId, ids));
    if (!found) throw problem("not-found", `no event ${id}`);
    return found;
  });
}

/** @param outlooks of all their sessions */
export async function viewsOfEvents(
  tx: Tx,
  events: (typeof event.$inferSelect)[],
  outlooks: ReadonlyMap<string, Outlook>,
): Promise<EventView[]> {
  const ids = events.map((row) => row.id);
  const pieces = ids.length === 0 ? [] : await tx.select().from(moment).where(inArray(moment.eventId, ids));
  const byEvent = Map.groupBy(pieces, (piece) => piece.eventId);
  return events.map((row) => {
    const outlook = outlooks.get(row.sessionId);
    if (!outlook) throw new Error(`expected the outlook of ${row.sessionId}`);
    return {
      id: row.id,
      clientId: row.clientId,
      deviceId: row.deviceId,
      siteId: row.siteId,
      sessionId: row.sessionId,
      type: row.type,
      zone: row.zone,
      mode: row.mode,
      confidence: row.confidence,
      attributes: row.attributes,
      occurredAt: row.occurredAt.toISOString(),
      receivedAt: row.receivedAt.toISOString(),
      level: row.assessment.level,
      assessment: row.assessment,
      dismissed: row.dismissedAt !== null,
      sealed: row.sealedAt !== null,
      digest: outlook.digest,
      evidence: (byEvent.get(row.id) ?? []).map(({ id, name, contentType, bytes, state }) => ({
        momentId: id,
        name,
        contentType,
        bytes,
        state,
      })),
    };
  });
}
