import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { levels } from "../level.ts";
import * as Fairness from "./index.ts";

const noon = Date.UTC(2026, 5, 15, 12);

function waiting(
  accountId: string,
  index: number,
  over: Partial<Fairness.WaitingReview> = {},
): Fairness.WaitingReview {
  return {
    reviewId: `${accountId}-${String(index).padStart(5, "0")}`,
    accountId,
    queue: "standard",
    level: "standard",
    lifeSafety: false,
    moments: 20,
    requestedAt: new Date(noon - 100_000 + index),
    ...over,
  };
}

const flood = (accountId: string, count: number, over: Partial<Fairness.WaitingReview> = {}) =>
  Array.from({ length: count }, (_, index) => waiting(accountId, index, over));
const nobody = { inFlightByAccount: new Map<string, number>() };
/** Room for so many reviews of 20 moments. */
const room = (standard: number, priority = 0) => ({ priority: priority * 20, standard: standard * 20 });
const idsOf = (list: readonly Fairness.WaitingReview[]) => list.map(({ reviewId }) => reviewId);

const reviewArbitrary = fc.record({
  accountId: fc.constantFrom("a", "b", "c", "d"),
  queue: fc.constantFrom("priority" as const, "standard" as const),
  level: fc.constantFrom(...levels),
  lifeSafety: fc.boolean(),
  moments: fc.integer({ min: 1, max: 40 }),
  requestedAt: fc.integer({ min: 0, max: 1000 }).map((ms) => new Date(noon + ms)),
});
const waitingArbitrary = fc
  .array(reviewArbitrary, { maxLength: 40 })
  .map((list) => list.map((entry, index) => ({ ...entry, reviewId: `rev_${index}` })));
const roomArbitrary = fc.record({ priority: fc.integer({ min: -40, max: 240 }), standard: fc.nat(240) });

describe("admit", () => {
  it("takes turns between accounts, whoever asked first", () => {
    const admitted = Fairness.admit({
      ...nobody,
      waiting: [...flood("a", 100), ...flood("b", 100), waiting("c", 99_999)],
      room: room(6),
    });
    assert.deepEqual(
      admitted.map(({ accountId }) => accountId),
      ["a", "b", "c", "a", "b", "a"],
    );
  });

  it("weighs turns in moments", () => {
    const small = flood("small", 40, { moments: 10 });
    const large = flood("large", 40, { moments: 40 });
    const admitted = Fairness.admit({ ...nobody, waiting: [...small, ...large], room: room(20) });
    const moments = (name: string) =>
      admitted.filter(({ accountId }) => accountId === name).reduce((sum, entry) => sum + entry.moments, 0);
    assert.ok(Math.abs(moments("small") - moments("large")) <= 40);
  });

  it("counts what an account has in flight and what it was given lately", () => {
    const both = [...flood("a", 3), ...flood("b", 3)];
    const [busy] = Fairness.admit({
      waiting: both,
      inFlightByAccount: new Map([["a", 20]]),
      room: room(1),
    });
    assert.equal(busy?.accountId, "b");
    const [served] = Fairness.admit({
      ...nobody,
      waiting: both,
      recentByAccount: new Map([
        ["a", { moments: 20, lastAdmittedAt: new Date(noon - 2000) }],
        ["b", { moments: 10, lastAdmittedAt: new Date(noon - 2000) }],
      ]),
      room: room(1),
    });
    assert.equal(served?.accountId, "b", "of equal turns, the one that was given less");
  });

  it("lets nobody who asks later overtake an account whose turn is due", () => {
    const served = waiting("served", 50_000);
    const newcomers = Array.from({ length: 100 }, (_, index) => waiting(`new-${index}`, 60_000 + index));
    const [first] = Fairness.admit({
      ...nobody,
      waiting: [...newcomers, served],
      recentByAccount: new Map([["served", { moments: 40, lastAdmittedAt: new Date(noon - 60_000) }]]),
      room: room(1),
    });
    assert.equal(first?.accountId, "served");
  });

  it("steps an account back by 50 ms for each moment that it was given lately", () => {
    for (const [busyMoments, next] of [
      [39, "busy"],
      [41, "idle"],
    ] as const) {
      const [first] = Fairness.admit({
        ...nobody,
        waiting: [...flood("busy", 3), ...flood("idle", 3)],
        recentByAccount: new Map([
          ["busy", { moments: busyMoments, lastAdmittedAt: new Date(noon - 2000) }],
          ["idle", { moments: 0, lastAdmittedAt: new Date(noon) }],
        ]),
        room: room(1),
      });
      assert.equal(first?.accountId, next);
    }
  });

  it("goes by what is in flight where nobody remembers more", () => {
    const [first] = Fairness.admit({
      waiting: [...flood("flood", 10), waiting("quiet", 99_999)],
      inFlightByAccount: new Map([["flood", 20]]),
      room: room(1),
    });
    assert.equal(first?.accountId, "quiet");
  });

  it("goes by life-safety, level and age inside an account", () => {
    const list = [
      waiting("a", 1, { level: "low" }),
      waiting("a", 2, { level: "critical" }),
      waiting("a", 3, { level: "critical" }),
      waiting("a", 4, { level: "low", lifeSafety: true }),
    ];
    assert.deepEqual(idsOf(Fairness.admit({ ...nobody, waiting: list, room: room(4) })), [
      "a-00004",
      "a-00002",
      "a-00003",
      "a-00001",
    ]);
  });

  it("puts life-safety before every other account's reviews, until its account has had its measure", () => {
    const broken = flood("broken-detector", 100, { lifeSafety: true, queue: "priority" });
    const others = flood("b", 5, { queue: "priority" });
    const admitted = Fairness.admit({ ...nobody, waiting: [...others, ...broken], room: room(0, 40) });
    const names = admitted.map(({ accountId }) => accountId);
    const measure = Fairness.lifeSafetyMomentsMax / 20;
    assert.ok(names.slice(0, measure).every((name) => name === "broken-detector"));
    assert.ok(names.slice(measure, measure + 5).every((name) => name === "b"));
  });

  it("lets one life-safety review of an account with nothing under way beyond a full window, and nothing else", () => {
    const urgent = { lifeSafety: true, queue: "priority" } as const;
    const list = [
      ...flood("hostile", 5, urgent),
      ...flood("quiet", 2, urgent),
      waiting("calm", 1, { queue: "priority" }),
      waiting("standard", 1),
    ];
    const full = { ...nobody, waiting: list, room: room(-2, -2) };
    assert.deepEqual(Fairness.admit(full), []);
    const admitted = Fairness.admit({ ...full, urgentUnderWay: new Set(["hostile"]) });
    assert.deepEqual(idsOf(admitted), ["quiet-00000"]);
    assert.deepEqual(Fairness.admit({ ...full, urgentUnderWay: new Set(["hostile", "quiet"]) }), []);
  });

  it("gives each queue its own room", () => {
    const list = [...flood("a", 50, { queue: "priority" }), ...flood("b", 50)];
    const admitted = Fairness.admit({ ...nobody, waiting: list, room: room(2, 3) });
    assert.deepEqual(
      admitted.map(({ queue }) => queue),
      ["priority", "priority", "priority", "standard", "standard"],
    );
  });

  it("counts room in moments: many small reviews or few large ones, and one always fits an empty window", () => {
    const admit = (moments: number, standard: number) =>
      Fairness.admit({
        ...nobody,
        waiting: flood("a", 100, { moments }),
        room: { priority: 0, standard },
      }).length;
    assert.equal(admit(1, 40), 40);
    assert.equal(admit(20, 40), 2);
    assert.equal(admit(40, 1), 1);
    assert.equal(admit(1, 0), 0);
    assert.equal(admit(1, -5), 0);
  });

  it("fills the room, each review once, in an order that does not depend on the input's", () => {
    const shuffled = waitingArbitrary.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, roomArbitrary, ([list, other], rooms) => {
        const admitted = Fairness.admit({ ...nobody, waiting: list, room: rooms });
        assert.deepEqual(admitted, Fairness.admit({ ...nobody, waiting: other, room: rooms }));
        assert.equal(new Set(idsOf(admitted)).size, admitted.length);
        for (const queue of ["priority", "standard"] as const) {
          const there = list.filter((entry) => entry.queue === queue).length;
          const taken = admitted.filter((entry) => entry.queue === queue);
          const before = taken.slice(0, -1).reduce((sum, { moments }) => sum + moments, 0);
          const all = taken.reduce((sum, { moments }) => sum + moments, 0);
          assert.ok(taken.length === 0 || before < rooms[queue], "the last review began within the room");
          assert.ok(taken.length === there || all >= rooms[queue], "no room is left while a review waits");
        }
      }),
    );
  });
});

/**
 * A queue served one review at a time at one moment per second, its window of so many moments kept full: the time at
 * which each review is admitted, by its id.
 */
function serve(list: readonly Fairness.WaitingReview[], window: number): Map<string, number> {
  const admittedAt = new Map<string, number>();
  const log: { accountId: string; moments: number; atMs: number }[] = [];
  const queue: Fairness.WaitingReview[] = [];
  let left = list;
  let nowMs = noon;
  while (left.length > 0) {
    const admitted = Fairness.admit({
      waiting: left,
      inFlightByAccount: momentsByAccount(queue),
      recentByAccount: recentOf(log, nowMs),
      room: { priority: 0, standard: window - queue.reduce((sum, entry) => sum + entry.moments, 0) },
    });
    for (const entry of admitted) {
      admittedAt.set(entry.reviewId, (nowMs - noon) / 1000);
      log.push({ accountId: entry.accountId, moments: entry.moments, atMs: nowMs });
    }
    queue.push(...admitted);
    left = left.filter(({ reviewId }) => !admittedAt.has(reviewId));
    nowMs += (queue.shift()?.moments ?? 0) * 1000;
  }
  return admittedAt;
}

function momentsByAccount(list: readonly { accountId: string; moments: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { accountId, moments } of list) sums.set(accountId, (sums.get(accountId) ?? 0) + moments);
  return sums;
}

function recentOf(log: readonly { accountId: string; moments: number; atMs: number }[], nowMs: number) {
  const sums = momentsByAccount(log.filter(({ atMs }) => nowMs - atMs < Fairness.recentMs));
  return new Map(
    log.map(({ accountId, atMs }) => [
      accountId,
      { moments: sums.get(accountId) ?? 0, lastAdmittedAt: new Date(atMs) },
    ]),
  );
}

describe("the bound", () => {
  it("holds for one review beside any number of flooding accounts, even with a window of one moment", () => {
    const kMax = 40;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 160 }),
        fc.integer({ min: 1, max: kMax }),
        (floods, window, moments) => {
          const others = Array.from({ length: floods }, (_, index) =>
            flood(`flood-${index}`, 30, { moments }),
          ).flat();
          const quiet = waiting("quiet", 99_999);
          const at = serve([...others, quiet], window).get(quiet.reviewId) ?? Number.POSITIVE_INFINITY;
          const bound = window + (floods + 1) * kMax;
          assert.ok(at <= bound, `admitted after ${at} s, bound ${bound} s`);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("lets 10,000 reviews of one account delay another's by no more than the window and one review", () => {
    const list = flood("flood", 10_000);
    const recent = new Map([["flood", { moments: 400, lastAdmittedAt: new Date(noon) }]]);
    const quiet = waiting("quiet", 99_999);
    const [first] = Fairness.admit({
      waiting: [...list, quiet],
      inFlightByAccount: new Map([["flood", 40]]),
      recentByAccount: recent,
      room: room(1),
    });
    assert.equal(first?.reviewId, quiet.reviewId);
  });

  it("starves nobody: every review of every account is admitted, in turns", () => {
    const list = ["a", "b", "c", "d", "e"].flatMap((name, index) => flood(name, 5 + index * 5));
    const admittedAt = serve(list, 40);
    assert.equal(admittedAt.size, list.length);
    const lastOfA = admittedAt.get("a-00004") ?? Number.POSITIVE_INFINITY;
    assert.ok(lastOfA <= 5 * 5 * 20 + 2 * 20, `five reviews among five accounts took ${lastOfA} s`);
  });
});

function size(momentsPerSecond: number) {
  return Fairness.windowSize({ momentsPerSecond });
}

describe("windowSize", () => {
  it("is a few seconds of work for each queue, within bounds", () => {
    assert.deepEqual(size(0), { priority: 80, standard: 80 });
    assert.deepEqual(size(1), { priority: 40, standard: 40 });
    assert.deepEqual(size(50), { priority: 200, standard: 200 });
    assert.deepEqual(size(1_000_000), { priority: 10_000, standard: 10_000 });
  });
});
