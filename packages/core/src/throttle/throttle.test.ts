import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Tier } from "../review/wire.ts";
import * as Throttle from "./index.ts";

const start = Date.UTC(2026, 5, 15, 12);
type Reading = { seconds: number; reviews: number; moments?: number; rate?: number };

function fold(readings: readonly Reading[], from = Throttle.calm): Throttle.Overload {
  return readings.reduce(
    (state, { seconds, reviews, moments = reviews, rate = 1_000 }) =>
      Throttle.step(state, {
        at: new Date(start + seconds * 1000),
        depthReviews: reviews,
        depthMoments: moments,
        momentsPerSecond: rate,
      }),
    from,
  );
}

describe("overload by depth", () => {
  it("begins above 1,000 and ends below 500", () => {
    assert.equal(fold([{ seconds: 0, reviews: 1_000 }]).overloaded, false);
    const busy = fold([{ seconds: 0, reviews: 1_001 }]);
    assert.equal(busy.overloaded, true);
    assert.equal(fold([{ seconds: 100, reviews: 500 }], busy).overloaded, true);
    assert.equal(fold([{ seconds: 100, reviews: 499 }], busy).overloaded, false);
  });

  it("counts without any worker", () => {
    assert.equal(fold([{ seconds: 0, reviews: 1_001, rate: 0 }]).overloaded, true);
  });
});

describe("overload by expected wait", () => {
  it("begins above 45 seconds and ends below half of that", () => {
    assert.equal(fold([{ seconds: 0, reviews: 45, moments: 900, rate: 20 }]).overloaded, false);
    const busy = fold([{ seconds: 0, reviews: 46, moments: 920, rate: 20 }]);
    assert.equal(busy.overloaded, true);
    assert.equal(fold([{ seconds: 100, reviews: 30, moments: 450, rate: 20 }], busy).overloaded, true);
    assert.equal(fold([{ seconds: 100, reviews: 30, moments: 449, rate: 20 }], busy).overloaded, false);
  });

  it("keeps its opinion while nobody's speed is known", () => {
    const unknown = { reviews: 400, moments: 8_000, rate: 0 };
    assert.equal(fold([{ seconds: 0, ...unknown }]).overloaded, false);
    const busy = fold([{ seconds: 0, reviews: 400, moments: 8_000, rate: 20 }]);
    assert.equal(fold([{ seconds: 200, ...unknown }], busy).overloaded, true);
  });
});

describe("step", () => {
  it("changes its mind at most once a minute, whatever it measures", () => {
    const readings = fc.array(
      fc.record({
        wait: fc.integer({ min: 0, max: 20_000 }),
        reviews: fc.constantFrom(0, 300, 499, 500, 700, 1_000, 1_001, 5_000),
        rate: fc.constantFrom(0, 1, 20, 1_000),
      }),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(readings, (list) => {
        let state = Throttle.calm;
        let at = start;
        let changed = Number.NEGATIVE_INFINITY;
        for (const { wait, reviews, rate } of list) {
          at += wait;
          const next = Throttle.step(state, {
            at: new Date(at),
            depthReviews: reviews,
            depthMoments: reviews * 20,
            momentsPerSecond: rate,
          });
          if (next.overloaded !== state.overloaded) {
            assert.ok(at - changed >= 60_000);
            changed = at;
          }
          state = next;
        }
      }),
    );
  });

  it("ends every overload once the queue is empty for a minute", () => {
    const busy = fold([{ seconds: 0, reviews: 100_000, rate: 1 }]);
    assert.equal(fold([{ seconds: 59, reviews: 0 }], busy).overloaded, true);
    assert.equal(fold([{ seconds: 60, reviews: 0 }], busy).overloaded, false);
  });

  it("ignores a measurement that comes late", () => {
    const state = fold([{ seconds: 10, reviews: 1_001 }]);
    assert.equal(fold([{ seconds: 9, reviews: 0 }], state), state);
  });

  it("survives JSON", () => {
    const state = fold([{ seconds: 0, reviews: 1_001 }]);
    const stored = JSON.parse(JSON.stringify(state)) as Throttle.Overload;
    const next = { seconds: 61, reviews: 400 };
    assert.deepEqual(fold([next], stored), fold([next], state));
  });
});

function k(state: Throttle.Overload, tier: Tier, idle = false): number {
  return Throttle.kFor(state, { tier, idle });
}

describe("kFor", () => {
  const calm = Throttle.calm;
  const busy = fold([{ seconds: 0, reviews: 1_001 }]);

  it("is 20 when calm, 10 when overloaded, and up to 40 for pro when idle", () => {
    assert.deepEqual([k(calm, "guardian"), k(calm, "pro"), k(calm, "lite")], [20, 20, 0]);
    assert.deepEqual([k(busy, "guardian"), k(busy, "pro"), k(busy, "lite")], [10, 10, 0]);
    assert.deepEqual([k(calm, "guardian", true), k(calm, "pro", true)], [20, 40]);
    assert.equal(k(busy, "pro", true), 10, "overload goes before idleness");
  });

  it("calls a system idle that has workers and nothing to do for half a minute", () => {
    const idle = [0, 10, 20, 30].map((seconds) => ({ seconds, reviews: 0 }));
    assert.equal(Throttle.isIdle(fold(idle)), true);
    assert.equal(Throttle.isIdle(fold(idle.slice(0, 3))), false);
    assert.equal(Throttle.isIdle(fold([...idle, { seconds: 40, reviews: 1 }])), false);
    assert.equal(Throttle.isIdle(fold(idle.map((reading) => ({ ...reading, rate: 0 })))), false);
  });

  it("widens the batch window by 20 ms under overload only", () => {
    assert.equal(Throttle.extraBatchWindowMs(calm), 0);
    assert.equal(Throttle.extraBatchWindowMs(busy), 20);
  });
});

describe("reasons", () => {
  it("says nothing while the system is calm", () => {
    assert.deepEqual(Throttle.reasons(fold([{ seconds: 0, reviews: 10 }])), []);
  });

  it("names the trigger with its figures", () => {
    const deep = fold([{ seconds: 0, reviews: 1_204 }]);
    assert.match(Throttle.reasons(deep).join(" "), /1,204 reviews are waiting.*1,000.*500.*half/);
    const slow = fold([{ seconds: 0, reviews: 60, moments: 1_040, rate: 20 }]);
    assert.match(Throttle.reasons(slow).join(" "), /holds 52 seconds of work.*45.*22\.5.*half/);
    const both = fold([{ seconds: 0, reviews: 1_204, moments: 24_080, rate: 20 }]);
    assert.equal(Throttle.reasons(both).length, 2);
  });

  it("names the minute that must pass when neither trigger holds any longer", () => {
    const leaving = fold([
      { seconds: 0, reviews: 1_204 },
      { seconds: 30, reviews: 3 },
    ]);
    assert.match(Throttle.reasons(leaving).join(" "), /less than 60 seconds ago/);
  });

  it("names idleness", () => {
    assert.match(Throttle.reasons(Throttle.calm, { idle: true }).join(" "), /idle.*40 moments/);
  });
});

describe("deferred moments", () => {
  it("wait until the queue has been calm for a minute", () => {
    assert.equal(roomAfter(59), 0);
    assert.ok(roomAfter(60) > 0);
  });

  it("fill the queue up to a few seconds' work, and join an empty one in any case", () => {
    assert.equal(roomAfter(60, { reviews: 0 }), 4);
    assert.equal(roomAfter(60, { reviews: 3 }), 1);
    assert.equal(roomAfter(60, { reviews: 5 }), 0);
    assert.equal(roomAfter(60, { reviews: 0, moments: 0, rate: 1 }), 1);
  });

  it("join an empty queue though nobody knows yet how fast the worker is", () => {
    assert.equal(roomAfter(60, { reviews: 0, moments: 0, rate: 0 }), 1);
    assert.equal(roomAfter(60, { reviews: 1, moments: 0, rate: 0 }), 0);
  });

  it("wait while the system is overloaded, has more than ten seconds' work, or has no worker", () => {
    assert.equal(roomAfter(60, { reviews: 1_001 }), 0);
    assert.equal(roomAfter(60, { reviews: 1, moments: 201 }), 0);
    assert.equal(roomAfter(60, { reviews: 0, moments: 0, rate: 0, workers: 0 }), 0);
  });
});

/** Addenda that may join a system which has measured the same for so many seconds. */
function roomAfter(
  seconds: number,
  { workers = 1, ...over }: Partial<Reading> & { workers?: number } = {},
): number {
  const reading = { reviews: 2, moments: 40, rate: 20, ...over };
  const state = fold([
    { ...reading, seconds: 0 },
    { ...reading, seconds },
  ]);
  const at = new Date(start + seconds * 1000);
  return Throttle.addendaRoom(state, { at, depthReviews: reading.reviews, workers });
}

describe("expectedWaitSeconds", () => {
  it("is moments over moments per second, nothing for nothing, unknown without a speed", () => {
    assert.equal(Throttle.expectedWaitSeconds(900, 20), 45);
    assert.equal(Throttle.expectedWaitSeconds(0, 0), 0);
    assert.equal(Throttle.expectedWaitSeconds(1, 0), null);
  });
});
