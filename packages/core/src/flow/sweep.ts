/** What must happen even if no request comes: sessions close, waiting jobs are sent, deferred moments get their addendum. */
import * as Throttle from "../throttle/index.ts";
import { closeSession } from "./close-session.ts";
import { requestAddendum } from "./defer-moments.ts";
import { dispatchJobs, releaseLost } from "./dispatch-jobs.ts";
import { evidenceReady } from "./evidence-ready.ts";
import type { Services } from "./services.ts";
import { measureLoad } from "./system-load.ts";

const sessionsMax = 200;
const eventsMax = 200;

/** Whoever makes evidence ready decides at once what it asks for; after this long it is taken for dead. */
const followUpMsMax = 30_000;

export type Swept = { closed: number; followedUp: number; addenda: number; released: number; sent: number };

/** Safe to run at any time, twice at once, and after any crash. */
export async function sweep(services: Services): Promise<Swept> {
  const closed = await closeDueSessions(services);
  const followedUp = await followUpEvidence(services);
  const addenda = await requestAddenda(services);
  const released = await releaseLost(services);
  const sent = await dispatchJobs(services);
  return { closed, followedUp, addenda, released, sent };
}

/** Evidence became ready and its process died before it asked whether a review is owed. */
async function followUpEvidence(services: Services): Promise<number> {
  const before = new Date(services.clock.now().getTime() - followUpMsMax);
  const left = await services.database.sql<{ account_id: string; event_id: string }[]>`
    select account_id, event_id from events_to_follow_up(${before}, ${eventsMax})`;
  let followedUp = 0;
  for (const { account_id: accountId, event_id: eventId } of left) {
    try {
      await evidenceReady(services, accountId, eventId);
      followedUp += 1;
    } catch (error) {
      services.log.warn(
        { err: error, eventId },
        "evidence could not be followed up; the next sweep tries again",
      );
    }
  }
  return followedUp;
}

async function closeDueSessions(services: Services): Promise<number> {
  const due = await services.database.sql<{ session_id: string }[]>`
    select session_id from due_sessions(${services.clock.now()}, ${sessionsMax})`;
  let closed = 0;
  for (const { session_id: sessionId } of due) {
    try {
      if ((await closeSession(services, sessionId)).kind === "closed") closed += 1;
    } catch (error) {
      services.log.warn(
        { err: error, sessionId },
        "a session could not be closed; the next sweep tries again",
      );
    }
  }
  return closed;
}

/** Deferred moments are looked at when the system is calm, a few reviews at a time. */
async function requestAddenda(services: Services): Promise<number> {
  const load = await measureLoad(services);
  const room = Throttle.addendaRoom(load.overload, { at: services.clock.now(), depthReviews: load.jobs });
  if (room === 0) return 0;
  const owed = await services.database.sql<{ account_id: string; review_id: string }[]>`
    select account_id, review_id from reviews_with_deferred(${room})`;
  let requested = 0;
  for (const { account_id: accountId, review_id: reviewId } of owed) {
    if (await requestAddendum(services, accountId, reviewId)) requested += 1;
  }
  return requested;
}
