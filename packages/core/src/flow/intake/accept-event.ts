/**
 * An event comes in: it is judged, recorded once, put into its session, and its evidence is stored or awaited.
 * Two database round trips: one reads the context (and the key with it), one records.
 */
import { createHash } from "node:crypto";
import * as Assessment from "../../assessment/index.ts";
import { ConnectionLost, inAccount, type Queryable } from "../../db/index.ts";
import * as Device from "../../device/index.ts";
import * as Event from "../../event/index.ts";
import { type EventAccepted, type EventInput, isLifeSafety, type Upload } from "../../event/wire.ts";
import * as Id from "../../id.ts";
import { session as sessionLimits } from "../../limits.ts";
import { problem } from "../../problem.ts";
import * as Session from "../../session/index.ts";
import { afterCommit } from "../after-commit.ts";
import { evidenceReady } from "../review/evidence-ready.ts";
import { regroupAround } from "../review/regroup-sessions.ts";
import type { Services } from "../services.ts";
import { type DeviceContext, deviceContext } from "./device-context.ts";
import { noteClock, redateEvents } from "./redate-events.ts";
import { type Image, makeUpFor, storeImages } from "./store-images.ts";
import { uploadsOf } from "./uploads.ts";

export type { Image } from "./store-images.ts";

/** Concurrent events of one site may race for its session. Who has lost so often stands in line for the site. */
const optimisticTriesMax = 3;
/** Whoever holds the site may still lose to others who have just come, and who lose to nobody thereafter. */
const triesInLineMax = 20;

/** What came in, as far as it does not depend on what is known of the site. */
type Incoming = {
  id: string;
  key: string;
  input: EventInput;
  moments: readonly Event.NewMoment[];
  fingerprint: Uint8Array;
  reportedAt: Date;
  receivedAt: Date;
};

/** Recorded now, or known: under its id from a try of ours whose answer was lost, or from before. */
type Outcome = Judged | { kind: "known"; context: DeviceContext };
type Judged = {
  kind: "recorded";
  event: Event.NewEvent & { clock: Device.Clock };
  choice: Event.SessionChoice;
  /** Events before this one whose time its clock shows to be wrong. */
  misdated: readonly string[];
};

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
  const receivedAt = services.clock.now();
  const reportedAt = Event.toOurTime(input.occurredAt);
  const id = Id.create("event");
  const announced = momentsOf(input, images, reportedAt);
  const fingerprint = createHash("sha256").update(canonical(input, announced)).digest();
  let incoming: Incoming = { id, key, input, moments: announced, fingerprint, reportedAt, receivedAt };
  const first = await contextOf(services.database.sql, incoming);
  if (!first.known) await refuseByTime(services, first, incoming);
  if (images && !first.known) {
    incoming = {
      ...incoming,
      moments: await storeImages(services, { accountId: first.accountId, eventId: id, images }, announced),
    };
  }
  const outcome = await recordInRace(services, incoming, first);
  if (outcome.kind === "known") return alreadyKnown(services, outcome.context, incoming, images);
  const { event, choice } = outcome;
  const sessionId = await settle(services, outcome);
  await followUp(services, event, choice);
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

/** A few tries without a lock, of which the first costs one round trip; then in line. */
async function recordInRace(services: Services, incoming: Incoming, first: DeviceContext): Promise<Outcome> {
  let tried: Judged | undefined;
  for (let tries = 0, context = first; tries < optimisticTriesMax; tries += 1) {
    if (tries > 0) context = await contextOf(services.database.sql, incoming);
    if (context.known) return whoRecorded(incoming, context, tried);
    const judged = judge(services, incoming, context);
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
      const judged = judge(services, incoming, context);
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

function judge({ policy }: Services, incoming: Incoming, context: DeviceContext): Judged {
  const timed = timeEvent(context, incoming);
  const described = describeEvent(context, incoming, timed);
  const choice = chooseSession(context, described, policy.sessionGapSeconds * 1000);
  const event = { ...described, toFollowUp: asksAtOnce(described, choice) };
  return { kind: "recorded", event, choice, misdated: Device.misdated(timed.clockBefore, timed.clock) };
}

function momentsOf(
  input: EventInput,
  images: readonly Image[] | undefined,
  reportedAt: Date,
): Event.NewMoment[] {
  const announced = new Map((input.evidence ?? []).map((piece) => [piece.name, piece]));
  const pieces = images
    ? images.map((image) => ({ ...image, bytes: image.bytes.byteLength }))
    : (input.evidence ?? []);
  return pieces.map((piece) => ({
    id: Id.create("moment"),
    name: piece.name,
    contentType: piece.contentType,
    bytes: piece.bytes,
    sha256: piece.sha256,
    capturedAt: new Date(announced.get(piece.name)?.capturedAt ?? reportedAt),
    state: "announced",
  }));
}

/** What must be the same when a device sends an event again. */
function canonical(input: EventInput, moments: readonly Event.NewMoment[]): string {
  const { evidence: _announced, ...rest } = input;
  const pieces = moments
    .map(({ name, sha256, bytes }) => ({ name, sha256, bytes }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const told = Object.entries(rest).filter(([, value]) => value !== undefined);
  return JSON.stringify([told.toSorted(([a], [b]) => (a < b ? -1 : 1)), pieces]);
}

async function alreadyKnown(
  services: Services,
  context: DeviceContext,
  { input, fingerprint }: Incoming,
  images: readonly Image[] | undefined,
): Promise<EventAccepted> {
  const { known, accountId, deviceId } = context;
  if (!known) throw new Error("expected a known event");
  if (known.fingerprint !== Buffer.from(fingerprint).toString("hex")) {
    throw problem(
      "event-id-reused",
      `this device already sent another event with the id ${input.id}; expected a new id`,
    );
  }
  const answer = { id: known.id, sessionId: known.sessionId, assessment: known.assessment };
  if (known.sealed) return { ...answer, status: "duplicate", uploads: [] };
  if (images) await makeUpFor(services, { accountId, deviceId, eventId: known.id, images });
  return { ...answer, status: "duplicate", uploads: await uploadsAfterCommit(services, accountId, known.id) };
}

/** The event is recorded: where the store signs no URLs now, sealing it answers them later. */
async function uploadsAfterCommit(
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

type Timed = Event.When & {
  /** What is known of the device's clock, without this event and with it. */
  clockBefore: Device.Clock;
  clock: Device.Clock;
};

/** @throws `event-in-future`, `event-too-old` */
function timeEvent(context: DeviceContext, { id, input, reportedAt, receivedAt }: Incoming): Timed {
  const clockBefore = context.clock ?? Device.unknownClock;
  const clock = Device.observeClock(clockBefore, { occurredAt: reportedAt, receivedAt, eventId: id });
  const when = Event.timeOf({
    reportedAt,
    receivedAt,
    correctedAt: Device.correctClock(reportedAt, receivedAt, clock),
    skewMs: clock.skewMs,
    lifeSafety: isLifeSafety(input),
  });
  return { ...when, clockBefore, clock };
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

function describeEvent(
  context: DeviceContext,
  { id, input, moments, fingerprint, reportedAt, receivedAt }: Incoming,
  { occurredAt, believed, clock }: Timed,
): Omit<Event.NewEvent, "toFollowUp"> & { clock: Device.Clock } {
  const shiftMs = occurredAt.getTime() - reportedAt.getTime();
  const seen = {
    eventId: id,
    deviceId: context.deviceId,
    type: input.type,
    occurredAt,
    zone: input.zone ?? context.deviceZone,
    confidence: input.confidence === undefined ? null : storable(input.confidence),
    mode: input.mode ?? null,
    attributes: input.attributes ?? {},
  };
  const near = (other: Assessment.Observation) =>
    Math.abs(other.occurredAt.getTime() - occurredAt.getTime()) <= sessionLimits.contextMs;
  const assessment = Assessment.assess(seen, {
    timeZone: context.timeZone,
    recent: context.recent.filter(near),
    history: { zoneEventsPerDay: context.zoneEventsPerDay },
    dismissals: context.dismissals,
  });
  return {
    ...seen,
    id,
    accountId: context.accountId,
    siteId: context.siteId,
    clientId: input.id,
    fingerprint,
    reportedAt,
    receivedAt,
    sealed: moments.every((moment) => moment.state === "ready"),
    assessment: Assessment.tellReceipt(assessment, {
      eventId: id,
      reportedAt,
      occurredAt,
      receivedAt,
      believed,
    }),
    moments: moments.map((moment) => ({
      ...moment,
      capturedAt: new Date(moment.capturedAt.getTime() + shiftMs),
    })),
    clock,
  };
}

/** The column has single precision, and refuses a number that is too small for it. */
function storable(confidence: number): number {
  return Math.fround(confidence) === 0 ? 0 : confidence;
}

function chooseSession(
  context: DeviceContext,
  event: Pick<Event.NewEvent, "occurredAt" | "receivedAt">,
  gapMs: number,
): Event.SessionChoice {
  const bounds = { gapMs, lengthMsMax: sessionLimits.lengthMsMax };
  const decision = Session.join(context.sessions, event.occurredAt, bounds);
  const joined =
    decision.kind === "join" && context.sessions.find((session) => session.id === decision.sessionId);
  const closesAt = Session.closeAt({
    openedAt: joined ? joined.openedAt : event.receivedAt,
    lastReceivedAt: event.receivedAt,
    ...bounds,
  });
  if (joined) {
    const { id: sessionId, state } = joined;
    const { bridges } = decision;
    return { kind: "join", sessionId, state, bridges, closesAt, lengthMsMax: bounds.lengthMsMax };
  }
  return { kind: "open", sessionId: Id.create("session"), sessionsOpened: context.sessionsOpened, closesAt };
}

/**
 * After the commit, where the event changes what was known before it: a clock has turned out to be wrong, so the events
 * before this one move to the time at which they happened; or sessions have come close enough to be one. A crash before
 * or in here leaves them apart until the next of them closes.
 * @returns the session that the event is in now
 */
async function settle(services: Services, { event, choice, misdated }: Judged): Promise<string> {
  let { sessionId } = choice;
  if (misdated.length === 0 && (choice.kind === "open" || !choice.bridges)) return sessionId;
  await afterCommit(services, "regroup", async () => {
    if (misdated.length > 0) await redateEvents(services, event, misdated);
    sessionId = await regroupAround(services, event);
  });
  return sessionId;
}

/** Urgent: somebody is told. Late for a session that has closed: its evidence does not wait for one to close. */
function asksAtOnce(event: Omit<Event.NewEvent, "toFollowUp">, choice: Event.SessionChoice): boolean {
  if (isLifeSafety(event)) return true;
  const isLate = choice.kind === "join" && choice.state === "closed";
  return isLate && event.moments.some((moment) => moment.state === "ready");
}

/**
 * After the commit. A crash before or in here loses nothing: the sweep closes sessions whose message was never sent, and
 * follows up the evidence that this process did not.
 */
async function followUp(
  services: Services,
  event: Event.NewEvent,
  choice: Event.SessionChoice,
): Promise<void> {
  if (choice.kind === "open") {
    const delaySeconds = Math.ceil((choice.closesAt.getTime() - event.receivedAt.getTime()) / 1000);
    await afterCommit(services, "announce", () =>
      services.sessionsDue.send(JSON.stringify({ v: 1, sessionId: choice.sessionId }), { delaySeconds }),
    );
  }
  if (!event.toFollowUp) return;
  await afterCommit(services, "evidence", () => evidenceReady(services, event.accountId, event.id));
}
