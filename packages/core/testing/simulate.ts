/**
 * A simulation of the system under load, on a virtual clock that ticks in seconds. Quota, throttle and fairness are the
 * real rules; only the accounts, the queue and the workers are modelled.
 *
 * Modelled workers look at moments at a constant rate, take three quarters of their time for the priority queue and a
 * quarter for the standard queue while both have work, and lose what they hold when they die: it comes back after the
 * visibility timeout.
 */
import * as Fairness from "../src/fairness/index.ts";
import { type Level, levels } from "../src/level.ts";
import { queue as queueLimits } from "../src/limits.ts";
import { decide } from "../src/quota/decide.ts";
import type { Bucket } from "../src/quota/token-bucket.ts";
import type { QueueName, Tier } from "../src/review/wire.ts";
import * as Throttle from "../src/throttle/index.ts";
import { tiers } from "../src/tiers.ts";

/** A session that closed and asks for a review. `group` names those whose waits are reported together. */
export type Arrival = { accountId: string; tier: Tier; moments: number; group?: string };

export type Scenario = {
  seconds: number;
  arrivals: (second: number, random: () => number) => Arrival[];
  workers: (second: number) => number;
  momentsPerSecondPerWorker: number;
  seed: number;
};

export type Report = {
  granted: number;
  refused: number;
  /** Reviews, addenda left out, that had their digest by the end. */
  completed: number;
  /** Moments that a shrunken K deferred, and those of them that an addendum looked at. */
  deferred: number;
  caughtUp: number;
  /** Seconds at which overload began or ended, in turns. */
  changes: number[];
  /** The depth of the queue in reviews, each second. */
  depth: number[];
  /** The greatest expected wait that was measured, in seconds, while there were workers. */
  expectedWaitMax: number;
  /** K of each granted review with the second of its request. */
  ks: { second: number; k: number }[];
  /** Seconds from request to digest, by group, in the order of completion. */
  waits: Map<string, number[]>;
};

type Entry = Fairness.WaitingReview & {
  addendum: boolean;
  group: string;
  second: number;
  remaining: number;
  deferred: number;
};

const start = Date.UTC(2026, 5, 15);
const dayOfStart = { start: new Date(start), end: new Date(start + 86_400_000) };
const measureEverySeconds = 5;
const priorityShare = 0.75;

/** Mulberry32: uniform in 0..1, the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The value below which a share `p` (0..1) of the values lies; 0 of none. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0;
}

class Accounts {
  private readonly granted = new Map<string, number>();
  private readonly buckets = new Map<string, Bucket>();

  /** The queue that the account's review goes to; undefined when its quota is used up. */
  claim({ accountId, tier }: Arrival, now: Date): QueueName | undefined {
    const grantedToday = this.granted.get(accountId) ?? 0;
    const bucket = this.buckets.get(accountId) ?? null;
    const answer = decide({
      tier,
      lifeSafety: false,
      grantedToday,
      refundedToday: 0,
      bucket,
      now,
      day: dayOfStart,
    });
    if (answer.kind === "refused") return undefined;
    this.granted.set(accountId, grantedToday + 1);
    if (answer.bucket) this.buckets.set(accountId, answer.bucket);
    return answer.queue;
  }
}

/** What was admitted lately, as the database would tell. */
class Admissions {
  private readonly lastAdmittedAt = new Map<string, Date>();
  private log: { accountId: string; moments: number; second: number }[] = [];

  record(entry: Entry, second: number): void {
    this.log.push({ accountId: entry.accountId, moments: entry.moments, second });
    this.lastAdmittedAt.set(entry.accountId, new Date(start + second * 1000));
  }

  recent(second: number): Map<string, Fairness.RecentService> {
    this.log = this.log.filter((item) => (second - item.second) * 1000 < Fairness.recentMs);
    const moments = sumByAccount(this.log);
    return new Map(
      [...this.lastAdmittedAt].map(([accountId, lastAdmittedAt]) => [
        accountId,
        { moments: moments.get(accountId) ?? 0, lastAdmittedAt },
      ]),
    );
  }
}

function sumByAccount(list: Iterable<{ accountId: string; moments: number }>): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { accountId, moments } of list) sums.set(accountId, (sums.get(accountId) ?? 0) + moments);
  return sums;
}

function momentsOf(list: readonly { moments: number }[]): number {
  return list.reduce((sum, { moments }) => sum + moments, 0);
}

/** The two queues and the workers on them. */
class Workers {
  readonly queues: Record<QueueName, Entry[]> = { priority: [], standard: [] };
  private lost: { entry: Entry; backAt: number }[] = [];

  inFlight(): Entry[] {
    return [...this.queues.priority, ...this.queues.standard, ...this.lost.map(({ entry }) => entry)];
  }

  /** So many workers die with what they hold. */
  lose(workers: number, second: number): void {
    for (let index = 0; index < workers; index += 1) {
      const entry = this.queues.priority.shift() ?? this.queues.standard.shift();
      if (entry) this.lost.push({ entry, backAt: second + queueLimits.visibilitySeconds });
    }
  }

  /** One second of work. Answers what was completed. */
  work(moments: number, second: number): Entry[] {
    for (const { entry } of this.lost.filter(({ backAt }) => backAt <= second)) {
      this.queues[entry.queue].unshift({ ...entry, remaining: entry.moments });
    }
    this.lost = this.lost.filter(({ backAt }) => backAt > second);
    const done: Entry[] = [];
    const both = this.queues.priority.length > 0 && this.queues.standard.length > 0;
    const first = both ? moments * priorityShare : moments;
    let spare = moments - first + this.spend("priority", first, done);
    spare = this.spend("standard", spare, done);
    this.spend("priority", spare, done);
    return done;
  }

  private spend(name: QueueName, moments: number, done: Entry[]): number {
    let left = moments;
    const queue = this.queues[name];
    for (let head = queue[0]; head && left > 0; head = queue[0]) {
      const spent = Math.min(left, head.remaining);
      head.remaining -= spent;
      left -= spent;
      if (head.remaining > 0) break;
      done.push(head);
      queue.shift();
    }
    return left;
  }
}

class System {
  readonly report: Report = {
    granted: 0,
    refused: 0,
    completed: 0,
    deferred: 0,
    caughtUp: 0,
    changes: [],
    depth: [],
    expectedWaitMax: 0,
    ks: [],
    waits: new Map(),
  };
  private readonly scenario: Scenario;
  private readonly random: () => number;
  private readonly accounts = new Accounts();
  private readonly admissions = new Admissions();
  private readonly workers = new Workers();
  private waiting: Entry[] = [];
  /** Completed reviews with moments that were deferred, oldest first. */
  private owed: Entry[] = [];
  private overload = Throttle.calm;
  private count = 0;

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.random = randomOf(scenario.seed);
  }

  tick(second: number): void {
    const now = new Date(start + second * 1000);
    const alive = this.scenario.workers(second);
    this.workers.lose(Math.max(0, this.scenario.workers(Math.max(0, second - 1)) - alive), second);
    for (const arrival of this.scenario.arrivals(second, this.random)) this.request(arrival, second, now);
    const momentsPerSecond = alive * this.scenario.momentsPerSecondPerWorker;
    if (second % measureEverySeconds === 0) this.measure(momentsPerSecond, second, now);
    this.admit(momentsPerSecond, second);
    for (const entry of this.workers.work(momentsPerSecond, second)) this.complete(entry, second + 1);
    this.report.depth.push(this.waiting.length + this.workers.inFlight().length);
  }

  private request(arrival: Arrival, second: number, now: Date): void {
    const queue = this.accounts.claim(arrival, now);
    if (!queue) {
      this.report.refused += 1;
      return;
    }
    const { accountId, tier, group = "all" } = arrival;
    const k = Throttle.kFor(this.overload, { tier, idle: Throttle.isIdle(this.overload) });
    const moments = Math.min(k, arrival.moments);
    const deferred = Math.max(0, Math.min(tiers[tier].k, arrival.moments) - moments);
    const level: Level = levels[Math.floor(this.random() * levels.length)] ?? "low";
    this.enqueue({ accountId, queue, group, second, moments, deferred, level, addendum: false });
    this.report.granted += 1;
    this.report.deferred += deferred;
    this.report.ks.push({ second, k });
  }

  private enqueue(entry: Omit<Entry, "reviewId" | "lifeSafety" | "requestedAt" | "remaining">): void {
    this.count += 1;
    this.waiting.push({
      ...entry,
      reviewId: `rev_${String(this.count).padStart(8, "0")}`,
      lifeSafety: false,
      requestedAt: new Date(start + entry.second * 1000),
      remaining: entry.moments,
    });
  }

  private measure(momentsPerSecond: number, second: number, at: Date): void {
    const unfinished = [...this.waiting, ...this.workers.inFlight()];
    const depthReviews = unfinished.length;
    const depthMoments = unfinished.reduce((sum, { remaining }) => sum + remaining, 0);
    const next = Throttle.step(this.overload, { at, depthReviews, depthMoments, momentsPerSecond });
    if (next.overloaded !== this.overload.overloaded) this.report.changes.push(second);
    this.overload = next;
    this.report.expectedWaitMax = Math.max(this.report.expectedWaitMax, next.last?.expectedWaitSeconds ?? 0);
    const room = Throttle.addendaRoom(this.overload, {
      at,
      depthReviews,
      workers: momentsPerSecond > 0 ? 1 : 0,
    });
    for (const { accountId, deferred } of this.owed.splice(0, room)) {
      this.enqueue({
        accountId,
        queue: "standard",
        group: "addenda",
        second,
        moments: deferred,
        deferred: 0,
        level: "low",
        addendum: true,
      });
    }
  }

  private admit(momentsPerSecond: number, second: number): void {
    const window = Fairness.windowSize({ momentsPerSecond });
    const room = {
      priority: window.priority - momentsOf(this.workers.queues.priority),
      standard: window.standard - momentsOf(this.workers.queues.standard),
    };
    if (this.waiting.length === 0 || Math.max(room.priority, room.standard) <= 0) return;
    const byId = new Map(this.waiting.map((entry) => [entry.reviewId, entry]));
    const admitted = Fairness.admit({
      waiting: this.waiting,
      inFlightByAccount: sumByAccount(this.workers.inFlight()),
      recentByAccount: this.admissions.recent(second),
      room,
    });
    for (const { reviewId } of admitted) {
      const entry = byId.get(reviewId);
      if (!entry) throw new Error(`expected an admitted review to be one that waits, got ${reviewId}`);
      byId.delete(reviewId);
      this.workers.queues[entry.queue].push(entry);
      this.admissions.record(entry, second);
    }
    this.waiting = [...byId.values()];
  }

  private complete(entry: Entry, second: number): void {
    if (entry.addendum) {
      this.report.caughtUp += entry.moments;
      return;
    }
    this.report.completed += 1;
    const waits = this.report.waits.get(entry.group) ?? [];
    waits.push(second - entry.second);
    this.report.waits.set(entry.group, waits);
    if (entry.deferred > 0) this.owed.push(entry);
  }
}

export function simulate(scenario: Scenario): Report {
  const system = new System(scenario);
  for (let second = 0; second < scenario.seconds; second += 1) system.tick(second);
  return system.report;
}
