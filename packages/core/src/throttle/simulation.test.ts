/** The throttle, the scheduler and the quota together under load, on a virtual clock. */
import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { type Arrival, percentile, type Report, type Scenario, simulate } from "../../testing/simulate.ts";

const minute = 60;
const accounts = 4_000;
const sixWorkers = { workers: () => 6, momentsPerSecondPerWorker: 50 };
/** Reviews per second that six workers can do in full: 300 moments per second, sessions of 22 moments on average. */
const capacity = 300 / 18.5;

/** So many reviews per second on average, of accounts at random: a third of them pro; 4 to 40 moments each. */
function traffic(perSecond: number, random: () => number): Arrival[] {
  const count = Math.floor(perSecond) + (random() < perSecond % 1 ? 1 : 0);
  return Array.from({ length: count }, () => {
    const index = Math.floor(random() * accounts);
    return {
      accountId: `account-${index}`,
      tier: index % 3 === 0 ? "pro" : "guardian",
      moments: 4 + Math.floor(random() * 37),
    };
  });
}

function assertSteady({ changes }: Report): void {
  for (const [index, second] of changes.entries()) {
    const previous = changes[index - 1] ?? Number.NEGATIVE_INFINITY;
    assert.ok(second - previous >= minute, `changed after ${second - previous} s, at ${second} s`);
  }
}

/** No review was lost, K is full again, and every deferred moment was looked at. */
function assertRecovered({ granted, completed, deferred, caughtUp, ks, changes }: Report): void {
  assert.equal(completed, granted, "every review has its digest");
  assert.equal(caughtUp, deferred, "every deferred moment was looked at");
  assert.equal(changes.length % 2, 0, "no longer overloaded");
  assert.ok((ks.at(-1)?.k ?? 0) >= 20, "K is full");
}

/**
 * The standard queue is sure of a quarter of the workers, so a review waits for up to four times the backlog; an account
 * that asks for several waits for its turns besides.
 */
function assertBoundedWaits({ waits, expectedWaitMax }: Report): void {
  const all = [...waits.values()].flat();
  const told = `P95 ${percentile(all, 0.95)} s, at most ${Math.max(...all)} s, backlog ${expectedWaitMax} s`;
  assert.ok(percentile(all, 0.95) <= 4 * expectedWaitMax, told);
  assert.ok(Math.max(...all) <= 8 * expectedWaitMax, told);
}

function tell(context: TestContext, report: Report): void {
  const waits = [...report.waits.values()].flat();
  context.diagnostic(
    `${report.granted} reviews, ${report.refused} beyond quota, depth at most ${Math.max(...report.depth)}; backlog at most ${Math.round(report.expectedWaitMax)} s; wait P50 ${percentile(waits, 0.5)} s, P95 ${percentile(waits, 0.95)} s, at most ${Math.max(...waits)} s; overload changed at ${report.changes.join(", ") || "no time"} s; ${report.deferred} moments deferred`,
  );
}

function play(context: TestContext, scenario: Omit<Scenario, "seed">): Report {
  const report = simulate({ ...scenario, seed: 20_260_615 });
  tell(context, report);
  assertSteady(report);
  return report;
}

describe("under load", () => {
  it("reviews everything in full and within seconds while the load stays below capacity", (context) => {
    const report = play(context, {
      ...sixWorkers,
      seconds: 8 * minute,
      arrivals: (second, random) => (second < 7 * minute ? traffic(capacity * 0.7, random) : []),
    });
    assertRecovered(report);
    assert.deepEqual(report.changes, []);
    assert.equal(report.deferred, 0);
    assert.ok(percentile([...report.waits.values()].flat(), 0.95) <= 10);
  });

  it("halves K on a ramp beyond capacity, and gives it back when the ramp has passed", (context) => {
    const shape = (second: number) => Math.max(0, 1.7 - Math.abs(second - 6 * minute) / (4 * minute));
    const report = play(context, {
      ...sixWorkers,
      seconds: 25 * minute,
      arrivals: (second, random) =>
        second > 24 * minute ? traffic(1, random) : traffic(capacity * shape(second), random),
    });
    assertRecovered(report);
    assert.ok(report.ks.some(({ k }) => k === 10));
    assert.ok(report.deferred > 0);
    assertBoundedWaits(report);
  });

  it("takes in a burst of thousands of reviews without failing one", (context) => {
    const report = play(context, {
      ...sixWorkers,
      seconds: 30 * minute,
      arrivals: (second, random) =>
        second >= minute && second < 2 * minute ? traffic(60, random) : traffic(1, random),
    });
    assert.ok(Math.max(...report.depth) > 1_000);
    assert.ok(report.ks.some(({ k }) => k === 10));
    assert.ok(report.changes.length >= 2 && report.changes.length % 2 === 0);
    assertBoundedWaits(report);
  });

  it("survives the loss of every worker", (context) => {
    const report = play(context, {
      momentsPerSecondPerWorker: 50,
      workers: (second) => (second >= 5 * minute && second < 8 * minute ? 0 : 6),
      seconds: 30 * minute,
      arrivals: (second, random) => {
        if (second > 29 * minute) return [];
        return traffic(capacity * (second < 10 * minute ? 0.8 : 0.3), random);
      },
    });
    assertRecovered(report);
    assert.ok(report.ks.some(({ k }) => k === 10));
  });

  it("never swings faster than once a minute under a load that does", (context) => {
    const report = play(context, {
      ...sixWorkers,
      seconds: 10 * minute,
      arrivals: (second, random) => traffic(second % 40 < 20 ? capacity * 4 : 0, random),
    });
    assert.ok(report.changes.length > 0);
  });
});

function trickle(second: number): Arrival[] {
  return second % 8 === 0
    ? [{ accountId: `quiet-${second}`, tier: "guardian", moments: 20, group: "trickle" }]
    : [];
}

function p95(report: Report): number {
  return percentile(report.waits.get("trickle") ?? [], 0.95);
}

describe("a flood of one account beside a trickle of others", () => {
  const flood: Arrival[] = Array.from({ length: 2_000 }, () => ({
    accountId: "flood",
    tier: "pro",
    moments: 20,
    group: "flood",
  }));
  /** One small worker: 20 moments per second. */
  const small = { workers: () => 1, momentsPerSecondPerWorker: 20, seconds: 20 * minute };

  it("delays the trickle by no more than the stated bound", (context) => {
    const alone = play(context, { ...small, arrivals: trickle });
    const beside = play(context, {
      ...small,
      arrivals: (second) => [...trickle(second), ...(second === minute ? flood : [])],
    });
    context.diagnostic(
      `the trickle's P95 wait is ${p95(alone)} s alone and ${p95(beside)} s beside the flood: ${(p95(beside) / p95(alone)).toFixed(1)} times`,
    );
    // (W + 2 K) / R with W = 80 and K = 20 moments: at a quarter of the worker while the flood has tokens, else at all of it.
    const boundSeconds = (80 + 2 * 20) / 20;
    assert.ok(p95(beside) - p95(alone) <= boundSeconds, `${p95(beside)} s against ${p95(alone)} s`);
    const most = Math.max(...(beside.waits.get("trickle") ?? []));
    assert.ok(most - Math.max(...(alone.waits.get("trickle") ?? [])) <= boundSeconds * 4, `${most} s`);
    assert.ok((beside.waits.get("flood") ?? []).length > 100, "the flood is served too");
  });
});
