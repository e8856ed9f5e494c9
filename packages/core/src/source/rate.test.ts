import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { source as limits } from "../limits.ts";
import { type Counts, isOffTopic, nothingCounted, rate } from "./rate.ts";
import type { SourceState } from "./wire.ts";

const now = new Date("2026-06-20T12:00:00Z");
const ago = (ms: number) => new Date(now.getTime() - ms);
const offTopic = (found: number, of: number): Counts => ({ ...nothingCounted, "off-topic": { found, of } });
const next = (state: SourceState, counts: Counts, since = ago(1_000)) =>
  rate({ state, since }, counts, now)?.state;

describe("what becomes of a source", () => {
  it("is nothing while few tell: 2 of 5 off-topic say nothing, and neither do 5 of 19", () => {
    for (const [found, of] of [
      [2, 5],
      [5, 5],
      [19, 19],
    ] as const) {
      assert.equal(next("trusted", offTopic(found, of)), undefined);
      assert.equal(next("probation", offTopic(found, of)), undefined);
    }
  });

  it("is probation at 40 % off-topic, and then a block by what came after that", () => {
    const rated = rate({ state: "trusted", since: ago(1) }, offTopic(80, 200), now);
    assert.equal(rated?.state, "probation");
    assert.deepEqual(
      rated.reasons.map(({ fault, found, of, probationFrom }) => [fault, found, of, probationFrom]),
      [["off-topic", 80, 200, 0.2]],
    );
    assert.equal(next("probation", offTopic(0, 0)), undefined, "what put it there does not count once more");
    assert.equal(next("probation", offTopic(80, 200)), "blocked");
  });

  it("is nothing for a share above the limit that chance explains: 5 of 20, and 45 of 200", () => {
    for (const [found, of] of [
      [5, 20],
      [45, 200],
    ] as const) {
      assert.ok(found / of > limits.faults["off-topic"].probation);
      assert.equal(next("trusted", offTopic(found, of)), undefined);
    }
    assert.equal(next("probation", offTopic(62, 200)), undefined, "above 30 %, and not surely");
  });

  it("is nothing for what lies between: neither does 20 % put it on probation, nor take it off", () => {
    for (const state of ["trusted", "probation"] as const) {
      assert.equal(next(state, offTopic(40, 200)), undefined);
    }
  });

  it("is trust again by better pictures, or by time, and from a block by way of probation", () => {
    assert.equal(next("probation", offTopic(4, 200)), "trusted");
    assert.equal(next("probation", nothingCounted, ago(limits.windowMs)), "trusted");
    assert.equal(next("probation", offTopic(80, 200), ago(limits.windowMs)), "blocked");
    assert.equal(next("blocked", offTopic(0, 200)), undefined);
    assert.equal(next("blocked", nothingCounted, ago(limits.blockedMs)), "probation");
  });

  it("is the same for duplicates and broken pictures, by limits of their own", () => {
    assert.equal(next("trusted", { ...nothingCounted, broken: { found: 60, of: 200 } }), "probation");
    assert.equal(next("trusted", { ...nothingCounted, duplicates: { found: 90, of: 200 } }), undefined);
    assert.equal(next("trusted", { ...nothingCounted, duplicates: { found: 150, of: 200 } }), "probation");
  });

  it("is never a block from trust at once, and never the other way round", () => {
    const share = fc.nat(300).chain((of) => fc.record({ found: fc.nat(of), of: fc.constant(of) }));
    fc.assert(
      fc.property(share, share, share, fc.nat(60), (off, duplicates, broken, days) => {
        const counts: Counts = { "off-topic": off, duplicates, broken };
        const since = ago(days * 24 * 3_600_000);
        assert.notEqual(next("trusted", counts, since), "blocked");
        assert.notEqual(next("blocked", counts, since), "trusted");
      }),
    );
  });

  it("holds the rest of a run back only if its first pictures are surely off-topic", () => {
    assert.deepEqual(
      [
        isOffTopic({ found: 5, of: 10 }),
        isOffTopic({ found: 60, of: 256 }),
        isOffTopic({ found: 102, of: 256 }),
      ],
      [false, false, true],
    );
  });
});
