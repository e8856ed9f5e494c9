/**
 * An event comes in: it is judged, recorded once, put into its session, and its evidence is stored or awaited.
 * Two database round trips: one reads the context (and the key with it), one records.
 */
import { ConnectionLost, inAccount, type Queryable } from "../../db/index.ts";
import * as Device from "../../device/index.ts";
import * as Event from "../../event/index.ts";
import type { EventAccepted, EventInput } from "../../event/wire.ts";
import { problem } from "../../problem.ts";
import type { Services } from "../services.ts";
import { alreadyKnown, followUp, measureTraffic, settle, uploadsAfterCommit } from "./after-event.ts";
import { type DeviceContext, deviceContext } from "./device-context.ts";
import { type Incoming, incomingOf } from "./incoming.ts";
import { type Judged, judge, timeEvent } from "./judge-event.ts";
import { noteClock } from "./redate-events.ts";
import { type Image, storeImages } from "./store-images.ts";

export type { Image } from "./store-images.ts";

/** Concurrent events of one site may race for its session. Who has lost so often stands in line for the site. */
const optimisticTriesMax = 3;
/** Whoever holds the site may still lose to others who have just come, and who lose to nobody thereafter. */
const triesInLineMax = 20;

/**
 * @param key the device's key
 * @param images the evidence itself, when it came with the event; otherwise the answer says where to upload it, as it
 *   does for what the store did not take
 * @throws `unauthenticated`, `event-too-old`, `event-in-future`, `event-id-reused`
 */
export async function acceptEvent(
  services: Services,
  { key, input, images }: { key: string; input: EventInput; images?: readonly Image[] },
): Promise<EventAccepted> {
  let incoming = incomingOf({ key, input, images }, services.clock.now());
  const { id, moments: announced } = incoming;
  const first = await contextOf(services.database.sql, incoming);
  if (!first.known) await refuseByTime(services, first, incoming);
  if (images && !first.known) {
    incoming = {
      ...incoming,
      moments: await storeImages(
        services,
        { accountId: first.accountId, eventId: id, images, masks: first.masks },
        announced,
      ),
    };
  }
  const outcome = await recordInRace(services, incoming, first);
  if (outcome.kind === "known") return alreadyKnown(services, outcome.context, incoming, images);
  const { event, choice } = outcome;
  const sessionId = await settle(services, outcome);
  await followUp(services, event, choice);
  if (first.isTrafficDue) await measureTraffic(services, first);
  return {
    id,
    sessionId,
    status: "accepted",
    assessment: event.assessment,
    uploads: await uploadsAfterCommit(services, event.accountId, id, incoming.moments),
  };
}

function contextOf(sql: Queryable, { key, input, reportedAt, receivedAt }: Incoming): Promise<DeviceContext> {
  const { id: clientId, zone = null } = input;
  return deviceContext(sql, key, { clientId, zone, reportedAt, now: receivedAt });
}

/** Recorded now, or known: under its id from a try of ours whose answer was lost, or from before. */
type Outcome = Judged | { kind: "known"; context: DeviceContext };

/** A few tries without a lock, of which the first costs one round trip; then in line. */
async function recordInRace(services: Services, incoming: Incoming, first: DeviceContext): Promise<Outcome> {
  let tried: Judged | undefined;
  for (let tries = 0, context = first; tries < optimisticTriesMax; tries += 1) {
    if (tries > 0) context = await contextOf(services.database.sql, incoming);
    if (context.known) return whoRecorded(incoming, context, tried);
    const judged = judge(incoming, context, services.policy.sessionGapSeconds * 1000);
    try {
      if (await Event.record(services.database, judged.event, judged.choice)) return judged;
    } catch (error) {
      if (!(error instanceof ConnectionLost) || tried) throw error;
      tried = judged;
    }
  }
  return recordInLine(services, incoming, first, tried);
}

/**
 * Holds the site while it looks and records, so that late events of one site come one after the other instead of
 * starving each other.
 */
async function recordInLine(
  services: Services,
  incoming: Incoming,
  { accountId, siteId }: DeviceContext,
  tried: Judged | undefined,
): Promise<Outcome> {
  return inAccount(services.database, accountId, async (_, sql): Promise<Outcome> => {
    await sql`select from site where id = ${siteId} for no key update`;
    for (let tries = 0; tries < triesInLineMax; tries += 1) {
      const context = await contextOf(sql, incoming);
      if (context.known) return whoRecorded(incoming, context, tried);
      const judged = judge(incoming, context, services.policy.sessionGapSeconds * 1000);
      if (await Event.recordIn(sql, judged.event, judged.choice)) return judged;
    }
    throw problem("overloaded", "the site is too busy: the event was not recorded; send it again", {
      retryAfterSeconds: 1,
    });
  });
}

/** It is known: from a try of ours on a connection that died before it could say so, or from before. */
function whoRecorded(incoming: Incoming, context: DeviceContext, tried: Judged | undefined): Outcome {
  return tried && context.known?.id === incoming.id ? tried : { kind: "known", context };
}

/** @throws `event-in-future`, `event-too-old`; what its clock said is remembered all the same */
async function refuseByTime(services: Services, context: DeviceContext, incoming: Incoming): Promise<void> {
  try {
    timeEvent(context, incoming);
  } catch (refused) {
    const { reportedAt: occurredAt, receivedAt } = incoming;
    const clockBefore = context.clock ?? Device.unknownClock;
    const clock = Device.observeClock(clockBefore, { occurredAt, receivedAt, eventId: null });
    await noteClock(services, context, clock);
    throw refused;
  }
}
