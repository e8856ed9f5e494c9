/**
 * Who goes next: which waiting reviews the queue gets, in a fair order (docs/decisions/0001-who-schedules.md).
 *
 * Accounts take turns. An account's turn is due since its best review was asked for, or since the account's last turn
 * where that is later, and for every moment that it was given lately it steps back by a twentieth of a second. Who has
 * been due longest goes first. Inside an account: life-safety, then level, then age.
 *
 * A queue admits while the moments under way are fewer than its window, so a window never holds more than itself and one
 * review less a moment, and one review always fits an empty one. It counts moments and not reviews: a session often has
 * one or two pictures, and a few of those would leave a fast worker without work.
 *
 * Life-safety of an account that has nothing under way in the priority queue does not wait for the window: the reviews
 * that fill it may be made of pictures that take a worker as long as its limits let them. One review of each account
 * goes beyond it.
 *
 * The bound. Let R be moments per second that the queue is served with, W the moments of its window, K the moments of
 * the largest review, u what the account was given in the last minute, and A - 1 the number of other accounts that wait
 * when it asks, each with any number of reviews. Its next review is admitted after at most
 *
 *   u / 20 + (W + A K) / R seconds,
 *
 * because whoever had a turn, or asks later, stands behind it. So a flood of one account delays a quiet one by at most
 * the window and two reviews: (W + 2 K) / R.
 */
import { type Level, rank } from "../level.ts";
import { review } from "../limits.ts";
import type { QueueName } from "../review/wire.ts";

export type WaitingReview = {
  reviewId: string;
  accountId: string;
  queue: QueueName;
  level: Level;
  lifeSafety: boolean;
  /** Its cost. */
  moments: number;
  requestedAt: Date;
};

/** What an account was given lately. */
export type RecentService = {
  /** Moments of its reviews that were admitted in the last `recentMs`. */
  moments: number;
  /** When a review of it was last admitted, however long ago. */
  lastAdmittedAt: Date;
};

/** The memory of the scheduler. */
export const recentMs = 60_000;

export type Admission = {
  waiting: readonly WaitingReview[];
  /** Moments of each account that are in the queue or with a worker. */
  inFlightByAccount: ReadonlyMap<string, number>;
  /**
   * Without it an account with anything in flight stands behind all others, and one whose reviews are done is forgotten
   * at once: the bound above then holds only while fewer accounts flood than the window has places.
   */
  recentByAccount?: ReadonlyMap<string, RecentService>;
  /**
   * How many moments of each queue's window are free; a queue takes reviews until they are used up. 0 or less: none but
   * what goes beyond the window.
   */
  room: Readonly<Record<QueueName, number>>;
  /** Accounts with something under way in the priority queue. Without it nothing goes beyond a window. */
  urgentUnderWay?: ReadonlySet<string>;
};

/**
 * Life-safety goes before everything else, but only while its account was given less than this lately: a broken smoke
 * detector then falls back into its fair share instead of silencing everybody.
 */
export const lifeSafetyMomentsMax = 10 * review.kIdleMax;

const stepBackMsPerMoment = 50;

type Turn = {
  accountId: string;
  /** Best first. */
  reviews: WaitingReview[];
  next: number;
  /** What the account was given lately, this call included. */
  moments: number;
  /** Epoch ms; Infinity for an account that had a turn in this call. */
  lastTurnMs: number;
};

function withinAccount(a: WaitingReview, b: WaitingReview): number {
  return (
    Number(b.lifeSafety) - Number(a.lifeSafety) ||
    rank(b.level) - rank(a.level) ||
    a.requestedAt.getTime() - b.requestedAt.getTime() ||
    (a.reviewId < b.reviewId ? -1 : 1)
  );
}

/** Since when it is the account's turn, epoch ms. */
function dueSince(turn: Turn, head: WaitingReview): number {
  return Math.max(turn.lastTurnMs, head.requestedAt.getTime()) + turn.moments * stepBackMsPerMoment;
}

function betweenAccounts(a: Turn, aHead: WaitingReview, b: Turn, bHead: WaitingReview): number {
  const first = (turn: Turn, head: WaitingReview) =>
    Number(head.lifeSafety && turn.moments < lifeSafetyMomentsMax);
  const urgency = first(b, bHead) - first(a, aHead);
  if (urgency !== 0) return urgency;
  const aDue = dueSince(a, aHead);
  const bDue = dueSince(b, bHead);
  if (aDue !== bDue) return aDue - bDue;
  return a.moments - b.moments || (a.accountId < b.accountId ? -1 : 1);
}

function turnsOf(queue: QueueName, { waiting, inFlightByAccount, recentByAccount }: Admission): Turn[] {
  const byAccount = Map.groupBy(
    waiting.filter((entry) => entry.queue === queue),
    (entry) => entry.accountId,
  );
  return [...byAccount].map(([accountId, reviews]) => {
    const recent = recentByAccount?.get(accountId);
    const inFlight = inFlightByAccount.get(accountId) ?? 0;
    const lastTurnUnknownMs = recentByAccount === undefined && inFlight > 0 ? Number.POSITIVE_INFINITY : 0;
    return {
      accountId,
      reviews: reviews.toSorted(withinAccount),
      next: 0,
      moments: Math.max(recent?.moments ?? 0, inFlight),
      lastTurnMs: recent?.lastAdmittedAt.getTime() ?? lastTurnUnknownMs,
    };
  });
}

function goesBeyond(turn: Turn, head: WaitingReview, { urgentUnderWay }: Admission): boolean {
  const hasSome = urgentUnderWay?.has(turn.accountId) ?? true;
  return head.lifeSafety && head.queue === "priority" && !hasSome && turn.next === 0;
}

function admitFrom(queue: QueueName, admission: Admission): WaitingReview[] {
  const turns = turnsOf(queue, admission);
  const admitted: WaitingReview[] = [];
  let left = admission.room[queue];
  for (;;) {
    let best: Turn | undefined;
    let bestHead: WaitingReview | undefined;
    for (const turn of turns) {
      const head = turn.reviews[turn.next];
      if (!head || (left <= 0 && !goesBeyond(turn, head, admission))) continue;
      if (!best || !bestHead || betweenAccounts(turn, head, best, bestHead) < 0) {
        best = turn;
        bestHead = head;
      }
    }
    if (!best || !bestHead) break;
    admitted.push(bestHead);
    left -= bestHead.moments;
    best.next += 1;
    best.moments += bestHead.moments;
    best.lastTurnMs = Number.POSITIVE_INFINITY;
  }
  return admitted;
}

/**
 * The reviews to send now, in order: those of the priority queue, then those of the standard queue. Each queue has a room
 * of its own, so neither takes the other's share. Deterministic, whatever the order of `waiting`.
 */
export function admit(admission: Admission): WaitingReview[] {
  return [...admitFrom("priority", admission), ...admitFrom("standard", admission)];
}
