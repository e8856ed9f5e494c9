/**
 * What the accept path is compared with: the same steps as one writes them first with Hono and drizzle, a statement for
 * each, in one transaction an event. It knows no tenants (it works as the owner of the tables), no late or doubled
 * sessions, no clocks that are wrong, and tries nothing again.
 */

import { createHash } from "node:crypto";
import * as Assessment from "@vigil/core/assessment";
import { EventBatch, EventInput } from "@vigil/core/event/wire";
import * as Id from "@vigil/core/id";
import { hash } from "@vigil/core/key";
import { and, desc, eq, gte, isNull, lte, sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { Hono } from "hono";
import { Pool } from "pg";
import { account } from "../../packages/core/src/account/account.sql.ts";
import { dismissal } from "../../packages/core/src/assessment/dismissal.sql.ts";
import { device } from "../../packages/core/src/device/device.sql.ts";
import { event } from "../../packages/core/src/event/event.sql.ts";
import { apiKey } from "../../packages/core/src/key/key.sql.ts";
import { session } from "../../packages/core/src/session/session.sql.ts";
import { site } from "../../packages/core/src/site/site.sql.ts";

const contextMs = 5 * 60_000;
const gapMs = 30_000;

export function createNaive(ownerUrl: string, connectionsMax: number): { app: Hono; end(): Promise<void> } {
  const pool = new Pool({ connectionString: ownerUrl, max: connectionsMax });
  const db = drizzle({ client: pool });
  const app = new Hono();
  const keyOf = (header: string | undefined) => (header ?? "").replace(/^Bearer /, "");
  app.post("/v1/events", async (c) => {
    const input = EventInput.parse(await c.req.json());
    return c.json(await accept(db, keyOf(c.req.header("authorization")), input), 202);
  });
  app.post("/v1/events/batch", async (c) => {
    const { events } = EventBatch.parse(await c.req.json());
    const key = keyOf(c.req.header("authorization"));
    const items = [];
    for (const input of events) items.push({ status: 202, event: await accept(db, key, input) });
    return c.json({ items });
  });
  return { app, end: () => pool.end() };
}

async function accept(db: NodePgDatabase, key: string, input: EventInput) {
  const receivedAt = new Date();
  return db.transaction(async (tx) => {
    const [found] = await tx
      .select()
      .from(apiKey)
      .where(and(eq(apiKey.hash, hash(key)), isNull(apiKey.revokedAt)));
    if (!found) throw new Error("unauthenticated");
    const [camera] = await tx.select().from(device).where(eq(device.id, found.subjectId));
    if (!camera) throw new Error("unauthenticated");
    const [place] = await tx.select().from(site).where(eq(site.id, camera.siteId));
    const [owner] = await tx.select().from(account).where(eq(account.id, camera.accountId));
    if (!place || !owner) throw new Error("unauthenticated");
    const [known] = await tx
      .select()
      .from(event)
      .where(and(eq(event.deviceId, camera.id), eq(event.clientId, input.id)));
    if (known) return { id: known.id, sessionId: known.sessionId, assessment: known.assessment };
    const occurredAt = new Date(input.occurredAt);
    const around = (ms: number) => new Date(occurredAt.getTime() + ms);
    const recent = await tx
      .select()
      .from(event)
      .where(
        and(
          eq(event.siteId, place.id),
          gte(event.occurredAt, around(-contextMs)),
          lte(event.occurredAt, around(contextMs)),
        ),
      )
      .orderBy(desc(event.occurredAt))
      .limit(200);
    const dismissals = await tx.select().from(dismissal).where(eq(dismissal.accountId, owner.id));
    const usual = await tx.execute<{ usual: number | null }>(
      sql`select zone_events_per_day(${place.id}, ${input.zone ?? camera.zone}, ${receivedAt.toISOString()}::timestamptz) as usual`,
    );
    const [joined] = await tx
      .select()
      .from(session)
      .where(
        and(
          eq(session.siteId, place.id),
          gte(session.lastEventAt, around(-gapMs)),
          lte(session.firstEventAt, around(gapMs)),
        ),
      )
      .orderBy(desc(session.lastEventAt))
      .limit(1)
      .for("update");
    const id = Id.create("event");
    const seen = {
      eventId: id,
      deviceId: camera.id,
      type: input.type,
      occurredAt,
      zone: input.zone ?? camera.zone,
      confidence: input.confidence ?? null,
      mode: input.mode ?? null,
      attributes: input.attributes ?? {},
    };
    const assessment = Assessment.assess(seen, {
      timeZone: owner.timeZone,
      recent: recent.map((row) => ({ ...row, eventId: row.id })),
      history: { zoneEventsPerDay: usual.rows[0]?.usual ?? null },
      dismissals: dismissals.map((row) => ({ ...row, zone: row.zone === "" ? null : row.zone })),
    });
    const sessionId = joined?.id ?? Id.create("session");
    const closesAt = new Date(receivedAt.getTime() + gapMs);
    if (joined) {
      const weighs = assessment.score > joined.score;
      await tx
        .update(session)
        .set({
          firstEventAt: new Date(Math.min(joined.firstEventAt.getTime(), occurredAt.getTime())),
          lastEventAt: new Date(Math.max(joined.lastEventAt.getTime(), occurredAt.getTime())),
          lastReceivedAt: receivedAt,
          closesAt,
          ...(weighs ? { assessment, score: assessment.score } : {}),
        })
        .where(eq(session.id, joined.id));
    } else {
      await tx.insert(session).values({
        id: sessionId,
        accountId: owner.id,
        siteId: place.id,
        state: "open",
        firstEventAt: occurredAt,
        lastEventAt: occurredAt,
        openedAt: receivedAt,
        lastReceivedAt: receivedAt,
        closesAt,
        levelRank: 0,
        score: assessment.score,
        assessment,
      });
    }
    await tx.insert(event).values({
      ...seen,
      id,
      accountId: owner.id,
      siteId: place.id,
      sessionId,
      clientId: input.id,
      fingerprint: createHash("sha256").update(JSON.stringify(input)).digest(),
      reportedAt: occurredAt,
      receivedAt,
      sealedAt: receivedAt,
      assessment,
    });
    return { id, sessionId, status: "accepted", assessment, uploads: [] };
  });
}
