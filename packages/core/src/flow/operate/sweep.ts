/**
 * What must happen even if no request comes: sessions close, events whose evidence nobody goes on announcing are ended, evidence is followed up, deferred moments get their addendum,
 * waiting jobs and chunks of runs are sent, runs that have ended are grouped, morning summaries are told, devices in trouble are found, deliveries that are due go out,
 * the ledger is added up and looked at, recordings that nobody completes or answers are given up, and pictures whose time is over are erased.
 */
import * as Authenticity from "../../authenticity/index.ts";
import { inAccount } from "../../db/index.ts";
import * as Event from "../../event/index.ts";
import * as Idempotency from "../../idempotency/index.ts";
import * as Shadow from "../../shadow/index.ts";
import * as Stream from "../../stream/index.ts";
import * as Throttle from "../../throttle/index.ts";
import * as Worker from "../../worker/index.ts";
import { dispatchDeliveries } from "../deliver/dispatch-deliveries.ts";
import { tellSummaries } from "../deliver/tell-summaries.ts";
import { sealEvent } from "../intake/seal-event.ts";
import { checkLedger } from "../read/read-ledger.ts";
import { sweepRecordings } from "../recording/end-recording.ts";
import { closeSession } from "../review/close-session.ts";
import { requestAddendum } from "../review/defer-moments.ts";
import { dispatchJobs, releaseLost } from "../review/dispatch-jobs.ts";
import { evidenceReady } from "../review/evidence-ready.ts";
import { dispatchChunks, releaseLostChunks } from "../run/dispatch-chunks.ts";
import { groupRuns } from "../run/group-run.ts";
import type { Services } from "../services.ts";
import { measureLoad } from "../system-load.ts";
import { erasePictures } from "./erase-pictures.ts";
import { judgeDevices } from "./judge-devices.ts";
import { measureRuns } from "./measure-runs.ts";

const sessionsMax = 200;
const eventsMax = 200;
const announcingMax = 20;
/** Whoever makes evidence ready decides at once what it asks for; after this long it is taken for dead. */
const followUpMsMax = 30_000;

/** How much of each was done. */
export type Swept = {
  closed: number;
  followedUp: number;
  addenda: number;
  released: number;
  forgotten: number;
  sent: number;
  summaries: number;
  judged: number;
  deliveries: number;
  lostChunks: number;
  chunks: number;
  grouped: number;
  streamed: number;
  unended: number;
  noted: number;
  erased: number;
  announced: number;
  recordings: number;
};

/** Safe to run at any time, twice at once, and after any crash. What fails is left for the next sweep; the rest goes on. */
export async function sweep(services: Services): Promise<Swept> {
  const attempt = async (step: string, work: () => Promise<number>): Promise<number> => {
    try {
      return await work();
    } catch (error) {
      services.log.error({ err: error, step }, "a step of the sweep failed; the next sweep tries again");
      return 0;
    }
  };
  return {
    closed: await attempt("close", () => closeDueSessions(services)),
    followedUp: await attempt("follow up", () => followUpEvidence(services)),
    addenda: await attempt("addenda", () => requestAddenda(services)),
    released: await attempt("release", () => releaseLost(services)),
    forgotten: await attempt("forget", () => forgetOld(services)),
    sent: await attempt("send", () => dispatchJobs(services)),
    summaries: await attempt("summaries", () => tellSummaries(services)),
    judged: await attempt("devices", () => judgeDevices(services)),
    deliveries: await attempt("deliveries", () => dispatchDeliveries(services)),
    lostChunks: await attempt("lost chunks", () => releaseLostChunks(services)),
    chunks: await attempt("chunks", () => dispatchChunks(services)),
    grouped: await attempt("groups", () => groupRuns(services)),
    streamed: await attempt("stream", () => Stream.forget(services.database.sql, services.clock.now())),
    unended: await attempt("runs", () => measureRuns(services)),
    noted: await attempt("ledger", () => checkLedger(services)),
    erased: await attempt("pictures", () => erasePictures(services)),
    recordings: await attempt("recordings", () => sweepRecordings(services)),
    // Reads pictures, and so takes longest: what must be soon has been done.
    announced: await attempt("announcing", () => endAnnouncing(services)),
  };
}

/** Answers that no replay may ask for any longer, workers that are gone, and what was kept to compare pictures, or models, with. */
async function forgetOld({ database, clock }: Services): Promise<number> {
  const [answers, workers, sketches, shadows] = await Promise.all([
    Idempotency.forget(database.sql, clock.now()),
    Worker.forget(database.sql, clock.now()),
    Authenticity.forgetSketches(database.sql, clock.now()),
    Shadow.forgetOld(database.sql, clock.now()),
  ]);
  return answers + workers + sketches + shadows;
}

/** Does each by itself; one that fails does not hold up the others. @returns how many did what was to be done */
async function forEach<T>(
  services: Services,
  items: readonly T[],
  work: (item: T) => Promise<boolean>,
): Promise<number> {
  let done = 0;
  for (const item of items) {
    try {
      if (await work(item)) done += 1;
    } catch (error) {
      services.log.warn({ err: error, ...item }, "one item of the sweep failed; the next sweep tries again");
    }
  }
  return done;
}

async function closeDueSessions(services: Services): Promise<number> {
  const due = await services.database.sql<{ sessionId: string }[]>`
    select session_id as "sessionId" from due_sessions(${services.clock.now()}, ${sessionsMax})`;
  return forEach(
    services,
    due,
    async ({ sessionId }) => (await closeSession(services, sessionId)).kind === "closed",
  );
}

/** Evidence became ready and its process died before it asked whether a review is owed. */
async function followUpEvidence(services: Services): Promise<number> {
  const before = new Date(services.clock.now().getTime() - followUpMsMax);
  const left = await services.database.sql<{ accountId: string; eventId: string }[]>`
    select account_id as "accountId", event_id as "eventId" from events_to_follow_up(${before}, ${eventsMax})`;
  return forEach(services, left, async ({ accountId, eventId }) => {
    await evidenceReady(services, accountId, eventId);
    return true;
  });
}

/** Whoever announced their evidence one by one has not come back. What has come of it counts, and no more is waited for. */
async function endAnnouncing(services: Services): Promise<number> {
  const now = services.clock.now();
  const left = await services.database.sql<LeftEvent[]>`
    select account_id as "accountId", device_id as "deviceId", event_id as "eventId"
    from events_left_announcing(${now}, ${announcingMax})`;
  return forEach(services, left, async (event) => {
    await sealEvent(services, event);
    await inAccount(services.database, event.accountId, (tx) => Event.endAnnouncing(tx, event.eventId, now));
    return true;
  });
}

type LeftEvent = { accountId: string; deviceId: string; eventId: string };

/** Deferred moments are looked at when the system is calm, a few reviews at a time. */
async function requestAddenda(services: Services): Promise<number> {
  const load = await measureLoad(services);
  const { jobs: depthReviews, workers } = load;
  const room = Throttle.addendaRoom(load.overload, { at: services.clock.now(), depthReviews, workers });
  if (room === 0) return 0;
  const owed = await services.database.sql<{ accountId: string; reviewId: string }[]>`
    select account_id as "accountId", review_id as "reviewId" from reviews_with_deferred(${room})`;
  return forEach(services, owed, ({ accountId, reviewId }) => requestAddendum(services, accountId, reviewId));
}
