import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createFlameSensor, type FlameMemory } from "./flame.ts";
import { FusionRules } from "./rules.ts";

const rule = FusionRules.parse({}).flame;

/** Plays one reading a second; the state after the last. */
function play(
  sensor: ReturnType<typeof open>,
  readings: readonly (readonly [number, number])[],
  from = 0,
): number {
  readings.forEach(([percent, digital], second) => sensor.take(percent, digital, (from + second) * 1_000));
  return sensor.state((from + readings.length - 1) * 1_000);
}

const open = (memory?: FlameMemory) => createFlameSensor(rule, 15, memory);
const resting = (percent: number, digital: number) =>
  Array.from({ length: 60 }, () => [percent, digital] as const);
const burning = (percent: number, away: number, digital: number) =>
  Array.from(
    { length: 16 },
    (_, second) => [percent + away * (second % 3 === 0 ? 1 : 0.6), digital] as const,
  );

describe("a flame sensor", () => {
  it("learns at which level it rests, of both inputs, whatever they are", () => {
    for (const [percent, digital] of [
      [32, 0],
      [85, 1],
    ] as const) {
      const sensor = open();
      assert.equal(play(sensor, resting(percent, digital)), 0);
      assert.deepEqual([sensor.memory?.idlePercent, sensor.memory?.restsAt], [percent, digital]);
      assert.equal(play(sensor, burning(percent, -30, 1 - digital), 60), 2);
    }
  });

  it("takes the level that it hears first for rest until it has learned, so that a rest at 1 is no flame", () => {
    for (const rest of [0, 1]) {
      const sensor = open();
      for (let second = 0; second < 90; second++) {
        sensor.take(32, rest, second * 1_000);
        assert.equal(sensor.state(second * 1_000), 0, `reading ${second}`);
      }
      const burnt = open();
      assert.equal(play(burnt, resting(32, rest).slice(0, 10)), 0);
      assert.equal(play(burnt, burning(32, -30, 1 - rest).slice(0, 10), 10), 1);
    }
  });

  it("learns which way the level goes, and then takes the other way for no flame", () => {
    const sensor = open();
    play(sensor, resting(50, 0));
    play(sensor, burning(50, -30, 1), 60);
    assert.equal(sensor.memory?.sign, -1);
    assert.equal(play(sensor, burning(50, 30, 0), 200), 0);
  });

  it("does not take the sun, which does not flicker, for a flame that decides", () => {
    const sensor = open();
    play(sensor, resting(50, 0));
    assert.equal(
      play(
        sensor,
        Array.from({ length: 120 }, () => [85, 1] as const),
        60,
      ),
      1,
    );
  });

  it("says nothing of a lighter that burns for five seconds", () => {
    const sensor = open();
    play(sensor, resting(50, 0));
    assert.equal(play(sensor, burning(50, 30, 1).slice(0, 5), 60), 0);
  });

  it("keeps hold of a weak flame that shows nothing at every third reading", () => {
    const sensor = open();
    play(sensor, resting(50, 0));
    const weak = Array.from({ length: 30 }, (_, second) =>
      second % 3 === 2 ? ([59, 0] as const) : ([66, second % 2] as const),
    );
    assert.equal(play(sensor, weak, 60), 1);
  });

  it("does not add up flashes that lie further apart, and ends when the flame does", () => {
    const sensor = open();
    play(sensor, resting(50, 0));
    const flashes = Array.from({ length: 60 }, (_, second) =>
      second % 5 === 0 ? ([80, 1] as const) : ([50, 0] as const),
    );
    assert.equal(play(sensor, flashes, 60), 0);
    assert.equal(play(sensor, burning(50, 30, 1), 200), 2);
    assert.equal(play(sensor, resting(50, 0).slice(0, 6), 216), 0);
  });

  it("never learns a rest from an input that changes all the time", () => {
    const sensor = open();
    play(
      sensor,
      Array.from({ length: 300 }, (_, second) => [50, second % 2] as const),
    );
    assert.equal(sensor.memory, undefined);
  });
});
