import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { accept } from "../limits.ts";
import { type Clock, correct, misdated, observe, stateOf, unknownClock } from "./clock.ts";

const minute = 60_000;
const noon = Date.UTC(2026, 5, 1, 12);

/** Plays messages of a device whose clock is `skewMs` ahead; each is `[minutes since noon, delay in ms]`. */
function play(skewMs: number, messages: readonly (readonly [number, number])[], from = unknownClock) {
  return messages.reduce<Clock>((state, [minutes, delayMs]) => {
    const receivedAt = new Date(noon + minutes * minute);
    return observe(state, {
      occurredAt: new Date(receivedAt.getTime() - delayMs + skewMs),
      receivedAt,
      eventId: `event-${minutes}`,
    });
  }, from);
}

const everyMinute = (minutes: number, delayMs: number, start = 0) =>
  Array.from({ length: minutes }, (_, index) => [start + index, delayMs] as const);

describe("a device's clock", () => {
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
    const state = observe(unknownClock, { occurredAt, receivedAt, eventId: "e" });
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

  const seconds = (count: number, every: number, delays: readonly number[] = [200]) =>
    Array.from(
      { length: count },
      (_, index) => [(index * every) / 60, delays[index % delays.length] ?? 0] as const,
    );
  const off: readonly [string, number][] = [
    ["47 minutes behind", -47 * minute],
    ["40 seconds behind", -40_000],
    ["13 hours behind", -13 * 60 * minute],
    ["20 years behind", -20 * 365.25 * 24 * 60 * minute],
    ["a summer hour behind", -60 * minute],
    ["20 days behind", -20 * 24 * 60 * minute],
    ["47 minutes ahead", 47 * minute],
    ["13 hours ahead", 13 * 60 * minute],
    ["20 years ahead", 20 * 365.25 * 24 * 60 * minute],
  ];
  for (const [name, skewMs] of off) {
    for (const [pace, every] of [
      ["half a second", 0.5],
      ["four seconds", 4],
      ["ten minutes", 600],
    ] as const) {
      it(`learns a clock that is ${name} from the third event, when they come every ${pace}`, () => {
        const state = play(skewMs, seconds(3, every, [200, 240, 190]));
        assert.equal(state.skewMs, skewMs - 190);
        assert.equal(stateOf(state), skewMs > 0 ? "ahead" : Math.abs(skewMs) < minute ? "right" : "behind");
      });
    }
  }

  it("learns a lag from a clock that counts whole seconds", () => {
    const receipts = [0, 5_000, 10_400].map((ms) => new Date(noon + ms));
    const state = receipts.reduce<Clock>((known, receivedAt) => {
      const ms = receivedAt.getTime() - 47 * minute;
      return observe(known, { occurredAt: new Date(ms - (ms % 1_000)), receivedAt, eventId: "e" });
    }, unknownClock);
    assert.equal(state.skewMs, -47 * minute);
  });

  it("says which events before it were recorded at a wrong time, once", () => {
    const first = play(-47 * minute, seconds(2, 4));
    assert.deepEqual(misdated(unknownClock, first), []);
    const receivedAt = new Date(noon + 8_000);
    const sample = {
      occurredAt: new Date(receivedAt.getTime() - 47 * minute - 150),
      receivedAt,
      eventId: "third",
    };
    const learned = observe(first, sample);
    assert.deepEqual(misdated(first, learned), ["event-0", `event-${4 / 60}`]);
    const next = observe(learned, { ...sample, receivedAt: new Date(noon + 12_000) });
    assert.deepEqual(misdated(learned, next), []);
  });

  it("notices that a clock which was right has jumped, and when", () => {
    const right = play(0, seconds(6, 10));
    assert.equal(right.jump, null);
    const jumped = play(-60 * minute, seconds(3, 5), right);
    assert.equal(jumped.skewMs, -60 * minute - 200);
    assert.equal(jumped.jump?.toMs, -60 * minute - 200);
    assert.equal(jumped.jump?.atMs, noon + 10_000);
    const set = play(0, seconds(3, 5), jumped);
    assert.ok(Math.abs(set.skewMs) < 1_000);
    assert.equal(stateOf(set), "right");
  });

  const visit = [0, 2, 5, 9, 11].map((at) => at * 1_000);
  const backlogs: readonly [string, (visit: number) => number][] = [
    ["as fast as the line goes", (index) => index * 40],
    ["one every second", (index) => index * 1_000],
    ["one every twenty seconds, with pictures", (index) => index * 20_000],
    ["all in the same instant", () => 0],
    ["one every quarter of a second", (index) => index * 250],
  ];
  for (const [name, sent] of backlogs) {
    it(`leaves the times of a backlog of visits alone that is sent ${name}`, () => {
      let state = unknownClock;
      for (let index = 0; index < 60; index += 1) {
        const receivedAt = new Date(noon + sent(index));
        // A visit every hour, over two days and a half.
        const occurred = noon - 61 * 3_600_000 + Math.floor(index / 5) * 3_600_000 + (visit[index % 5] ?? 0);
        state = observe(state, { occurredAt: new Date(occurred), receivedAt, eventId: `${index}` });
        assert.equal(state.skewMs, 0, `after event ${index}`);
      }
    });
  }

  it("gives up on a clock that runs behind with the first message that contradicts it", () => {
    const behind = play(-20 * minute, everyMinute(4, 300));
    assert.equal(play(0, [[32, 300]], behind).skewMs, 0);
  });

  it("keeps what it knows of a slow clock when one message is late", () => {
    const behind = play(-20 * minute, everyMinute(4, 300));
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
    const behind = play(-20 * minute, everyMinute(4, 300));
    const receivedAt = new Date(noon + 32 * minute);
    const occurredAt = new Date(receivedAt.getTime() - 20 * minute);
    assert.deepEqual(correct(occurredAt, receivedAt, behind), receivedAt);
  });

  it("never places an event after its receipt", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -90 * 24 * 60 * minute, max: 90 * 24 * 60 * minute }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 120 * minute })), {
          minLength: 1,
          maxLength: 60,
        }),
        (skewMs, messages) => {
          const inOrder = messages.toSorted(([a], [b]) => a - b);
          const state = play(skewMs, inOrder);
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
