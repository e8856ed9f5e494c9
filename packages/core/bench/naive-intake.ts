/**
 * What the accept path is compared with: the same steps as one writes them first with drizzle, a statement for each, in one
 * transaction an event. It knows no tenants (it works as the owner of the tables), no late or doubled sessions, no clocks
 * that are wrong, and tries nothing again.
 */
import { createHash } from "node:crypto";
import { and, desc, eq, gte, isNull, lte, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import { account } from "../src/account/account.sql.ts";
import { dismissal } from "../src/assessment/dismissal.sql.ts";
import * as Assessment from "../src/assessment/index.ts";
import { device } from "../src/device/device.sql.ts";
import { event } from "../src/event/event.sql.ts";
import type { EventAccepted, EventInput } from "../src/event/wire.ts";
import * as Id from "../src/id.ts";
import { hash } from "../src/key/index.ts";
import { apiKey } from "../src/key/key.sql.ts";
import { session } from "../src/session/session.sql.ts";
import { site } from "../src/site/site.sql.ts";

const contextMs = 5 * 60_000;
const gapMs = 30_000;

type Db = ReturnType<typeof drizzle>;

export type NaiveIntake = {
  accept(key: string, input: EventInput): Promise<EventAccepted>;
  end(): Promise<void>;
};

export function openNaiveIntake(ownerUrl: string, connectionsMax: number): NaiveIntake {
  const pool = new Pool({ connectionString: ownerUrl, max: connectionsMax });
  const db = drizzle({ client: pool });
  return { accept: (key, input) => accept(db, key, input), end: () => pool.end() };
}

async function accept(db: Db, key: string, input: EventInput): Promise<EventAccepted> {
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
    if (known) {
      const { id, sessionId, assessment } = known;
      return { id, sessionId, status: "duplicate" as const, assessment, uploads: [] };
    }
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
    return { id, sessionId, status: "accepted" as const, assessment, uploads: [] };
  });
}
