/**
 * Many events of one device come in at once, as from a gateway that comes back: they are judged one after the other, each
 * beside those before it, and recorded by one statement in one transaction that holds the site. Each is accepted or refused
 * by itself, as if it had come alone.
 */
import * as Account from "../../account/index.ts";
import { inAccount, type Queryable } from "../../db/index.ts";
import * as Device from "../../device/index.ts";
import * as Event from "../../event/index.ts";
import type { EventAccepted, EventInput } from "../../event/wire.ts";
import { session as limits } from "../../limits.ts";
import { Problem, problem } from "../../problem.ts";
import type { Services } from "../services.ts";
import { alreadyKnown, followUp, settleAll, uploadsAfterCommit } from "./after-event.ts";
import type { DeviceContext } from "./device-context.ts";
import { type Incoming, incomingOf } from "./incoming.ts";
import { type Judged, judge, timeEvent } from "./judge-event.ts";
import { type Around, listKnown, lockPlace, readAround } from "./site-context.ts";

/** Another request of the device may record one of these events meanwhile. */
const triesMax = 5;
/** Of events that open a session, or ask for something at once. */
const followedUpAtOnce = 10;

type KnownEvent = NonNullable<DeviceContext["known"]>;
type Sender = { accountId: string; deviceId: string; key: string };

/** What became of an event: recorded now; recorded before, in this batch or earlier; or refused. */
type Outcome =
  | Judged
  | { kind: "known"; known: KnownEvent; accountId: string; deviceId: string }
  | { kind: "refused"; refusal: Problem };

/** @returns one answer an event, in their order: what a single event would have been answered, or refused with */
export async function acceptEvents(
  services: Services,
  { accountId, deviceId, key }: Sender,
  inputs: readonly EventInput[],
): Promise<(EventAccepted | Problem)[]> {
  if (inputs.length === 0) return [];
  const receivedAt = services.clock.now();
  const incoming = inputs.map((input) => incomingOf({ key, input }, receivedAt));
  const outcomes = await recordAll(services, { accountId, deviceId, key }, incoming);
  const recorded = outcomes.filter((outcome) => outcome.kind === "recorded");
  const sessions = await settleAll(services, recorded);
  for (let first = 0; first < recorded.length; first += followedUpAtOnce) {
    const some = recorded.slice(first, first + followedUpAtOnce);
    await Promise.all(some.map(({ event, choice }) => followUp(services, event, choice)));
  }
  const answers: (EventAccepted | Problem)[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    const asked = incoming[index];
    if (asked) answers.push(await answerOf(services, asked, outcome, sessions));
  }
  return answers;
}

async function answerOf(
  services: Services,
  asked: Incoming,
  outcome: Outcome,
  sessions: ReadonlyMap<string, string>,
): Promise<EventAccepted | Problem> {
  if (outcome.kind === "refused") return outcome.refusal;
  if (outcome.kind === "known") {
    const { known } = outcome;
    const sessionId = sessions.get(known.id) ?? known.sessionId;
    return alreadyKnown(services, { ...outcome, known: { ...known, sessionId } }, asked).catch(
      (error: unknown) => {
        if (error instanceof Problem) return error;
        throw error;
      },
    );
  }
  const { id, accountId, assessment, moments } = outcome.event;
  return {
    id,
    sessionId: sessions.get(id) ?? outcome.choice.sessionId,
    status: "accepted",
    assessment,
    uploads: moments.length === 0 ? [] : await uploadsAfterCommit(services, accountId, id, moments),
  };
}

/** @throws `overloaded` when others were faster each time */
async function recordAll(
  services: Services,
  sender: Sender,
  incoming: readonly Incoming[],
): Promise<Outcome[]> {
  const overtaken = new Error("another request has recorded one of these events");
  for (let tries = 0; tries < triesMax; tries += 1) {
    try {
      return await inAccount(services.database, sender.accountId, async (tx, sql) => {
        // The account comes before the site and its sessions, as wherever several are locked.
        const account = await Account.lock(tx, sender.accountId);
        const { outcomes, clock } = await judgeAll(services, sql, { account, sender, incoming });
        const events = outcomes.filter((outcome) => outcome.kind === "recorded");
        if (!(await Event.recordAll(sql, { deviceId: sender.deviceId, events, clock }))) throw overtaken;
        return outcomes;
      });
    } catch (error) {
      if (error !== overtaken) throw error;
    }
  }
  throw problem("overloaded", "the device sends the same events more than once; send them again", {
    retryAfterSeconds: 1,
  });
}

/** An event that is not known yet, with what was known of the clock before it. */
type Fresh = { incoming: Incoming; clock: Device.Clock; occurredAt: Date };

async function judgeAll(
  services: Services,
  sql: Queryable,
  { account, sender, incoming }: { account: Account.Account; sender: Sender; incoming: readonly Incoming[] },
): Promise<{ outcomes: Outcome[]; clock: Device.Clock }> {
  const place = await lockPlace(sql, account, sender.deviceId);
  const known = await listKnown(
    sql,
    sender.deviceId,
    incoming.map(({ input }) => input.id),
  );
  const { read, clock } = readClocks(place.clock ?? Device.unknownClock, incoming, known);
  const fresh = read.flatMap((one) => (one instanceof Problem || one === "known" ? [] : [one]));
  const gapMs = services.policy.sessionGapSeconds * 1000;
  const around = await readAround(sql, place, {
    instants: fresh.map(({ occurredAt }) => occurredAt),
    zones: [...new Set(fresh.map((one) => one.incoming.input.zone ?? place.deviceZone))],
    gapMs,
    now: services.clock.now(),
  });
  const outcomes = read.map((one, index): Outcome => {
    if (one instanceof Problem) return { kind: "refused", refusal: one };
    if (one === "known") {
      const before = known.get(incoming[index]?.input.id ?? "");
      if (!before) throw new Error("expected a known event");
      return { kind: "known", known: before, ...sender };
    }
    const zone = one.incoming.input.zone ?? place.deviceZone;
    const surroundings = {
      ...place,
      clock: one.clock,
      sessions: around.sessions,
      recent: newestNear(around, one.occurredAt),
      zoneEventsPerDay: around.usual.get(zone) ?? null,
      dismissals: around.dismissals,
    };
    const judged = judge(one.incoming, surroundings, gapMs);
    remember(around, judged);
    known.set(one.incoming.input.id, knownBy(judged));
    return judged;
  });
  return { outcomes, clock };
}

/**
 * What each event's clock says, one after the other: which of them are taken, and when they happened. The same id for the
 * second time is known by then.
 */
function readClocks(
  before: Device.Clock,
  incoming: readonly Incoming[],
  known: ReadonlyMap<string, KnownEvent>,
): { read: (Fresh | Problem | "known")[]; clock: Device.Clock } {
  const seen = new Set(known.keys());
  let clock = before;
  const read = incoming.map((one): Fresh | Problem | "known" => {
    if (seen.has(one.input.id)) return "known";
    try {
      const timed = timeEvent({ clock }, one);
      const fresh = { incoming: one, clock, occurredAt: timed.occurredAt };
      clock = timed.clock;
      seen.add(one.input.id);
      return fresh;
    } catch (refusal) {
      if (!(refusal instanceof Problem)) throw refusal;
      const { reportedAt: occurredAt, receivedAt } = one;
      clock = Device.observeClock(clock, { occurredAt, receivedAt, eventId: null });
      return refusal;
    }
  });
  return { read, clock };
}

function newestNear({ recent }: Around, at: Date): Around["recent"] {
  const near = recent.filter(
    ({ occurredAt }) => Math.abs(occurredAt.getTime() - at.getTime()) <= limits.contextMs,
  );
  if (near.length <= limits.contextEventsMax) return near;
  return near
    .toSorted((a, b) => b.occurredAt.getTime() - a.occurredAt.getTime())
    .slice(0, limits.contextEventsMax);
}

/** What the next event of the batch finds: this one beside it, and its session. */
function remember(around: Around, { event, choice }: Judged): void {
  const { occurredAt } = event;
  around.recent.push({ ...event, eventId: event.id });
  const joined = around.sessions.find(({ id }) => id === choice.sessionId);
  if (!joined) {
    const span = { firstEventAt: occurredAt, lastEventAt: occurredAt };
    around.sessions.push({ id: choice.sessionId, state: "open", openedAt: event.receivedAt, ...span });
    return;
  }
  if (occurredAt < joined.firstEventAt) joined.firstEventAt = occurredAt;
  if (occurredAt > joined.lastEventAt) joined.lastEventAt = occurredAt;
}

function knownBy({ event, choice }: Judged): KnownEvent {
  const { id, assessment, sealed, fingerprint } = event;
  return {
    id,
    sessionId: choice.sessionId,
    fingerprint: Buffer.from(fingerprint).toString("hex"),
    assessment,
    sealed,
  };
}
