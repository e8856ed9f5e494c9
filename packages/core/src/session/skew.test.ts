import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { accept } from "../limits.ts";
import { correct, observe, type Skew, unknownClock } from "./skew.ts";

const minute = 60_000;
const noon = Date.UTC(2026, 5, 1, 12);

/** Plays messages of a device whose clock is `skewMs` ahead; each is `[minutes since noon, delay in ms]`. */
function play(skewMs: number, messages: readonly (readonly [number, number])[], from = unknownClock) {
  return messages.reduce<Skew>((state, [minutes, delayMs]) => {
    const receivedAt = new Date(noon + minutes * minute);
    return observe(state, {
      occurredAt: new Date(receivedAt.getTime() - delayMs + skewMs),
      receivedAt,
    });
  }, from);
}

const everyMinute = (minutes: number, delayMs: number, start = 0) =>
  Array.from({ length: minutes }, (_, index) => [start + index, delayMs] as const);

describe("skew", () => {
  it("tells a clock that runs ahead from one sample, and corrects it", () => {
    const state = play(3 * minute, [[0, 200]]);
    assert.equal(state.skewMs, 3 * minute - 200);
    const receivedAt = new Date(noon + minute);
    const corrected = correct(new Date(receivedAt.getTime() + 3 * minute - 200), receivedAt, state);
    assert.deepEqual(corrected, receivedAt);
  });

  it("leaves the time of an event alone that is merely late", () => {
    const occurredAt = new Date(noon - 6 * 60 * minute);
    const receivedAt = new Date(noon);
    const state = observe(unknownClock, { occurredAt, receivedAt });
    assert.deepEqual(correct(occurredAt, receivedAt, state), occurredAt);
  });

  it("leaves a backlog of hours alone, however often one comes", () => {
    const backlogs = [0, 60, 120, 180].flatMap((start) =>
      Array.from({ length: 60 }, (_, index) => [start + index / 600, (60 - index) * minute] as const),
    );
    assert.equal(play(0, backlogs).skewMs, 0);
  });

  it("corrects a late event of a clock that is known to run ahead by the skew, not by the lateness", () => {
    const state = play(2 * minute, [...everyMinute(20, 100), [21, 40 * minute]]);
    const receivedAt = new Date(noon + 21 * minute);
    const occurredByDevice = new Date(receivedAt.getTime() - 40 * minute + 2 * minute);
    const error =
      correct(occurredByDevice, receivedAt, state).getTime() - (receivedAt.getTime() - 40 * minute);
    assert.ok(Math.abs(error) <= 100, `off by ${error} ms`);
  });

  it("believes a clock that runs behind after three windows that agree, and not before", () => {
    assert.equal(play(-20 * minute, everyMinute(15, 300)).skewMs, 0);
    assert.equal(play(-20 * minute, everyMinute(31, 300)).skewMs, -20 * minute - 300);
  });

  it("does not believe a clock to be hours behind", () => {
    assert.equal(play(-3 * 60 * minute, everyMinute(60, 300)).skewMs, 0);
  });

  it("gives up on a clock that runs behind with the first message that contradicts it", () => {
    const behind = play(-20 * minute, everyMinute(31, 300));
    assert.equal(play(0, [[32, 300]], behind).skewMs, 0);
  });

  it("keeps what it knows of a slow clock when one message is late", () => {
    const behind = play(-20 * minute, everyMinute(31, 300));
    assert.equal(play(-20 * minute, [[32, 5 * minute]], behind).skewMs, -20 * minute - 300);
  });

  it("forgets a clock that ran ahead once it has been set right", () => {
    const ahead = play(4 * minute, everyMinute(20, 300));
    assert.equal(play(0, everyMinute(60, 300, 20), ahead).skewMs, 0);
  });

  it("forgets it on a slow line too, where no two delays are alike", () => {
    const ahead = play(4 * minute, everyMinute(20, 300));
    const slow = Array.from({ length: 60 }, (_, index) => [20 + index, (index % 10) * 2_000] as const);
    assert.equal(play(0, slow, ahead).skewMs, 0);
  });

  it("places what came faster than anything before at its receipt, not after it", () => {
    const behind = play(-20 * minute, everyMinute(31, 300));
    const receivedAt = new Date(noon + 32 * minute);
    const occurredAt = new Date(receivedAt.getTime() - 20 * minute);
    assert.deepEqual(correct(occurredAt, receivedAt, behind), receivedAt);
  });

  it("never places an event after its receipt, and never moves one by more than its bounds", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -90 * minute, max: accept.eventAheadMsMax }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 120 * minute })), {
          minLength: 1,
          maxLength: 60,
        }),
        (skewMs, messages) => {
          const inOrder = messages.toSorted(([a], [b]) => a - b);
          const state = play(skewMs, inOrder);
          assert.ok(state.skewMs <= accept.eventAheadMsMax && state.skewMs >= -65 * minute);
          for (const [minutes, delayMs] of inOrder) {
            const receivedAt = new Date(noon + minutes * minute);
            const occurredAt = new Date(receivedAt.getTime() - delayMs + skewMs);
            assert.ok(correct(occurredAt, receivedAt, state) <= receivedAt);
          }
        },
      ),
    );
  });

  it("never claims that a clock is further ahead than its messages prove", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -60 * minute, max: accept.eventAheadMsMax }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 60 * minute })), {
          minLength: 1,
          maxLength: 60,
        }),
        (skewMs, messages) => {
          const state = play(
            skewMs,
            messages.toSorted(([a], [b]) => a - b),
          );
          assert.ok(state.skewMs <= Math.max(skewMs, 0));
        },
      ),
    );
  });
});
