/** What follows once an event is recorded, or is found to be known: nothing in here loses it. */
import { inAccount } from "../../db/index.ts";
import type * as Event from "../../event/index.ts";
import type { EventAccepted, Upload } from "../../event/wire.ts";
import { sendSpan } from "../../platform/message-spans.ts";
import * as Site from "../../site/index.ts";
import { afterCommit } from "../after-commit.ts";
import { evidenceReady } from "../review/evidence-ready.ts";
import { regroupAround } from "../review/regroup-sessions.ts";
import type { Services } from "../services.ts";
import type { DeviceContext } from "./device-context.ts";
import type { Incoming } from "./incoming.ts";
import type { Judged } from "./judge-event.ts";
import { recognise } from "./recognise-event.ts";
import { redateEvents } from "./redate-events.ts";
import { type Image, makeUpFor } from "./store-images.ts";
import { uploadsOf } from "./uploads.ts";

/**
 * The answer to an event that was recorded before; what the store did not take of it then is taken now.
 * @throws `event-id-reused` when it was another event, `event-sealed` for pictures that it did not have
 */
export async function alreadyKnown(
  services: Services,
  context: Pick<DeviceContext, "known" | "accountId" | "deviceId">,
  incoming: Incoming,
  images?: readonly Image[],
): Promise<EventAccepted> {
  const { known, accountId, deviceId } = context;
  if (!known) throw new Error("expected a known event");
  await recognise(services, accountId, known, incoming);
  const answer = { id: known.id, sessionId: known.sessionId, assessment: known.assessment };
  if (known.sealed) return { ...answer, status: "duplicate", uploads: [] };
  if (images) await makeUpFor(services, { accountId, deviceId, eventId: known.id, images });
  return { ...answer, status: "duplicate", uploads: await uploadsAfterCommit(services, accountId, known.id) };
}

/** The event is recorded: where the store signs no URLs now, sealing it answers them later. */
export async function uploadsAfterCommit(
  services: Services,
  accountId: string,
  eventId: string,
  moments?: readonly Event.NewMoment[],
): Promise<Upload[]> {
  let uploads: Upload[] = [];
  await afterCommit(services, "uploads", async () => {
    uploads = await uploadsOf(services, accountId, eventId, moments);
  });
  return uploads;
}

/**
 * After the commit, where the event changes what was known before it: a clock has turned out to be wrong, so the events
 * before this one move to the time at which they happened; or sessions have come close enough to be one. A crash before
 * or in here leaves them apart until the next of them closes.
 * @returns the session that the event is in now
 */
export async function settle(services: Services, { event, choice, misdated }: Judged): Promise<string> {
  let { sessionId } = choice;
  if (misdated.length === 0 && (choice.kind === "open" || !choice.bridges)) return sessionId;
  await afterCommit(services, "regroup", async () => {
    if (misdated.length > 0) await redateEvents(services, event, misdated);
    sessionId = await regroupAround(services, event);
  });
  return sessionId;
}

/**
 * The same for events of one device that were recorded together.
 * @returns where some of them are in another session now, the session of each by its id
 */
export async function settleAll(
  services: Services,
  recorded: readonly Judged[],
): Promise<ReadonlyMap<string, string>> {
  const unsettled = recorded.filter(
    ({ choice, misdated }) => misdated.length > 0 || (choice.kind === "join" && choice.bridges),
  );
  const last = recorded.at(-1);
  const sessions = new Map<string, string>();
  if (unsettled.length === 0 || !last) return sessions;
  await afterCommit(services, "regroup", async () => {
    const misdated = [...new Set(unsettled.flatMap((judged) => judged.misdated))];
    if (misdated.length > 0) await redateEvents(services, last.event, misdated);
    for (const { event } of unsettled) await regroupAround(services, event);
    const ids = recorded.map(({ event }) => event.id);
    const rows = await inAccount(
      services.database,
      last.event.accountId,
      (_, sql) =>
        sql<{ id: string; sessionId: string }[]>`
        select id, session_id as "sessionId" from event where id = any(${ids}::text[])`,
    );
    for (const { id, sessionId } of rows) sessions.set(id, sessionId);
  });
  return sessions;
}

/**
 * After the commit. A crash before or in here loses nothing: the sweep closes sessions whose message was never sent, and
 * follows up the evidence that this process did not.
 */
export async function followUp(
  services: Services,
  event: Event.NewEvent,
  choice: Event.SessionChoice,
): Promise<void> {
  if (choice.kind === "open") {
    const delaySeconds = Math.ceil((choice.closesAt.getTime() - event.receivedAt.getTime()) / 1000);
    const { sessionId } = choice;
    const sending = sendSpan("sessions", undefined, { "vigil.session": sessionId });
    await afterCommit(services, "announce", () =>
      services.tracer.span(sending, ({ traceparent }) =>
        services.sessionsDue.send(JSON.stringify({ v: 1, sessionId }), { delaySeconds, traceparent }),
      ),
    );
  }
  if (!event.toFollowUp) return;
  await afterCommit(services, "evidence", () => evidenceReady(services, event.accountId, event.id));
}

/** What is usual on the site is known to those who come within the hour. */
export async function measureTraffic(
  services: Services,
  { accountId, siteId }: Pick<DeviceContext, "accountId" | "siteId">,
): Promise<void> {
  await afterCommit(services, "traffic", () =>
    inAccount(services.database, accountId, (_, sql) =>
      Site.measureTraffic(sql, siteId, services.clock.now()),
    ),
  );
}
