/** What an event is worth beside what is known of its site, when it happened, and which session it belongs to. Pure. */
import * as Assessment from "../../assessment/index.ts";
import * as Device from "../../device/index.ts";
import * as Event from "../../event/index.ts";
import { isLifeSafety } from "../../event/wire.ts";
import * as Id from "../../id.ts";
import { session as sessionLimits } from "../../limits.ts";
import * as Session from "../../session/index.ts";
import { announcingUntil } from "./announce-evidence.ts";
import type { DeviceContext } from "./device-context.ts";
import type { Incoming } from "./incoming.ts";

/** What is known of the device and its site. */
export type Surroundings = Omit<DeviceContext, "known" | "tier" | "isTrafficDue" | "masks">;

export type Judged = {
  kind: "recorded";
  event: Event.NewEvent & { clock: Device.Clock };
  choice: Event.SessionChoice;
  /** Events before this one whose time its clock shows to be wrong. */
  misdated: readonly string[];
};

/** @param gapMs how far apart events of one session may be @throws `event-in-future`, `event-too-old` */
export function judge(incoming: Incoming, context: Surroundings, gapMs: number): Judged {
  const timed = timeEvent(context, incoming);
  const described = describeEvent(context, incoming, timed);
  const choice = chooseSession(context, described, gapMs);
  const event = { ...described, toFollowUp: asksAtOnce(described, choice) };
  return { kind: "recorded", event, choice, misdated: Device.misdated(timed.clockBefore, timed.clock) };
}

type Timed = Event.When & {
  /** What is known of the device's clock, without this event and with it. */
  clockBefore: Device.Clock;
  clock: Device.Clock;
};

/** @throws `event-in-future`, `event-too-old` */
export function timeEvent(
  context: Pick<Surroundings, "clock">,
  { id, input, reportedAt, receivedAt }: Incoming,
): Timed {
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

function describeEvent(
  context: Surroundings,
  { id, input, moments, fingerprint, reportedAt, receivedAt, traceparent }: Incoming,
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
    sealed: !input.moreEvidence && moments.every((moment) => moment.state === "ready"),
    announcingUntil: input.moreEvidence ? announcingUntil(receivedAt) : null,
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
    traceparent,
  };
}

/** The column has single precision, and refuses a number that is too small for it. */
function storable(confidence: number): number {
  return Math.fround(confidence) === 0 ? 0 : confidence;
}

function chooseSession(
  context: Surroundings,
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

/** Urgent: somebody is told. Late for a session that has closed: its evidence does not wait for one to close. */
function asksAtOnce(event: Omit<Event.NewEvent, "toFollowUp">, choice: Event.SessionChoice): boolean {
  if (isLifeSafety(event)) return true;
  const isLate = choice.kind === "join" && choice.state === "closed";
  return isLate && event.moments.some((moment) => moment.state === "ready");
}
