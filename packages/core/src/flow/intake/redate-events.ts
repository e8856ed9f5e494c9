/**
 * A device's clock turns out to be wrong: the events that were recorded before that was known move to the time at which
 * they happened, with their moments, their assessments and their sessions.
 */
import { and, eq, gte, inArray, lte, ne, sql } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import * as Assessment from "../../assessment/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import { device } from "../../device/device.sql.ts";
import * as Device from "../../device/index.ts";
import { event } from "../../event/event.sql.ts";
import type { NewEvent } from "../../event/index.ts";
import { moment } from "../../evidence/evidence.sql.ts";
import * as Id from "../../id.ts";
import * as Level from "../../level.ts";
import { session as limits } from "../../limits.ts";
import { session } from "../../session/session.sql.ts";
import { circumstancesOf } from "../review/judge-session.ts";
import { rewriteDigest } from "../review/rewrite-digest.ts";
import type { Services } from "../services.ts";
import type { DeviceContext } from "./device-context.ts";

type Row = typeof event.$inferSelect;

/** Remembers what a device's clock said in an event that is refused for it. */
export async function noteClock(
  services: Services,
  { accountId, deviceId }: Pick<DeviceContext, "accountId" | "deviceId">,
  clock: Device.Clock,
): Promise<void> {
  await inAccount(services.database, accountId, (tx) =>
    tx.update(device).set({ clock }).where(eq(device.id, deviceId)),
  );
}

/** @param now the event by which the clock became known */
export async function redateEvents(
  services: Services,
  now: Pick<NewEvent, "accountId" | "deviceId"> & { clock: Device.Clock },
  ids: readonly string[],
): Promise<void> {
  await inAccount(services.database, now.accountId, async (tx) => {
    const account = await Account.lock(tx, now.accountId);
    const rows = await tx
      .select()
      .from(event)
      .where(and(inArray(event.id, [...ids]), eq(event.deviceId, now.deviceId)))
      .orderBy(event.id)
      .for("no key update");
    for (const row of rows) await redate(tx, row, now.clock);
    const moved = rows.map((row) => row.id);
    for (const row of rows) await judgeAgain(services, tx, account, row.id);
    for (const sessionId of new Set(rows.map((row) => row.sessionId))) {
      await moveSession(services, tx, account, sessionId, moved);
    }
  });
}

async function redate(tx: Tx, row: Row, clock: Device.Clock): Promise<void> {
  const occurredAt = Device.correctClock(row.reportedAt, row.receivedAt, clock);
  const shiftMs = occurredAt.getTime() - row.occurredAt.getTime();
  await tx.update(event).set({ occurredAt }).where(eq(event.id, row.id));
  await tx
    .update(moment)
    .set({ capturedAt: sql`${moment.capturedAt} + ${shiftMs} * interval '1 millisecond'` })
    .where(eq(moment.eventId, row.id));
}

function seen(row: Row): Assessment.Observation & Pick<Row, "reportedAt" | "receivedAt"> {
  return { ...row, eventId: row.id };
}

async function judgeAgain(
  services: Services,
  tx: Tx,
  { timeZone }: Account.Account,
  id: string,
): Promise<void> {
  const [row] = await tx.select().from(event).where(eq(event.id, id));
  if (!row) throw new Error(`expected the event ${id}`);
  const at = row.occurredAt.getTime();
  const recent = await tx
    .select()
    .from(event)
    .where(
      and(
        eq(event.siteId, row.siteId),
        ne(event.id, id),
        gte(event.occurredAt, new Date(at - limits.contextMs)),
        lte(event.occurredAt, new Date(at + limits.contextMs)),
      ),
    )
    .limit(limits.contextEventsMax);
  const around = await circumstancesOf(tx, row.siteId, [row], { timeZone, now: services.clock.now() });
  const assessment = Assessment.assess(seen(row), { ...around, recent: recent.map(seen) });
  const told = Assessment.tellReceipt(assessment, { ...seen(row), believed: true });
  await tx.update(event).set({ assessment: told }).where(eq(event.id, id));
}

/** The session moves with its events; if others are in it, which did not move, those that did get one of their own. */
async function moveSession(
  services: Services,
  tx: Tx,
  account: Account.Account,
  sessionId: string,
  moved: readonly string[],
): Promise<void> {
  const [found] = await tx.select().from(session).where(eq(session.id, sessionId)).for("no key update");
  if (!found) throw new Error(`expected the session ${sessionId}`);
  const events = await tx.select().from(event).where(eq(event.sessionId, sessionId));
  const going = events.filter((row) => moved.includes(row.id));
  const staying = events.filter((row) => !moved.includes(row.id));
  if (staying.length > 0) {
    const now = services.clock.now();
    const id = Id.create("session");
    await tx.insert(session).values({
      id,
      accountId: found.accountId,
      siteId: found.siteId,
      state: "open",
      openedAt: now,
      lastReceivedAt: now,
      closesAt: new Date(now.getTime() + services.policy.sessionGapSeconds * 1000),
      ...spanOf(going),
    });
    await tx
      .update(event)
      .set({ sessionId: id })
      .where(
        inArray(
          event.id,
          going.map((row) => row.id),
        ),
      );
  }
  const { assessment, score, levelRank, ...span } = spanOf(staying.length > 0 ? staying : going);
  // A closed session was judged as a whole.
  const judged = found.state === "closed" ? {} : { assessment, score, levelRank };
  await tx
    .update(session)
    .set({ ...span, ...judged })
    .where(eq(session.id, sessionId));
  await rewriteDigest(tx, account, sessionId, services.clock.now());
}

function spanOf(events: readonly Row[]) {
  const times = events.map((row) => row.occurredAt.getTime());
  const [weightiest] = events.toSorted((a, b) => b.assessment.score - a.assessment.score);
  if (!weightiest) throw new Error("a session holds at least one event");
  const { assessment } = weightiest;
  return {
    firstEventAt: new Date(Math.min(...times)),
    lastEventAt: new Date(Math.max(...times)),
    assessment,
    score: assessment.score,
    levelRank: Level.rank(assessment.level),
  };
}
