import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { airQualityOf, cleanAirRatio, createGasSensor, gases, ppmOf, resistanceOf } from "./mq135.ts";

describe("MQ-135", () => {
  it("follows the published curves at Rs = R0", () => {
    const at = Object.fromEntries(gases.map((gas) => [gas, ppmOf(gas, 1, 1)]));
    const wanted = {
      co2: 116.602,
      co: 605.18,
      ammonia: 102.2,
      alcohol: 77.255,
      acetone: 34.668,
      toluene: 44.947,
    };
    assert.deepEqual(at, wanted);
  });

  it("rises in all gases as the resistance falls, to a bound", () => {
    for (const gas of gases) {
      assert.ok(ppmOf(gas, 0.5, 1) > ppmOf(gas, 1, 1));
      assert.equal(ppmOf(gas, 1e-9, 1), 100_000);
    }
  });

  it("says nothing where no sensor is connected", () => {
    for (const raw of [0, 2, 16, 4_095]) assert.equal(resistanceOf(raw), undefined);
    assert.equal(createGasSensor(undefined, undefined).take(2, 0), undefined);
  });

  it("takes the first minute's air for clean, and tells nothing before", () => {
    const sensor = createGasSensor(undefined, undefined);
    for (let second = 0; second < 59; second++) assert.equal(sensor.take(400, second * 1_000), undefined);
    sensor.take(4_000, 59_000);
    const ppm = sensor.take(400, 60_000) ?? 0;
    assert.ok(Math.abs(ppm - ppmOf("co2", cleanAirRatio, 1)) < 0.01, `${ppm} ppm`);
    assert.ok((sensor.take(2_600, 61_000) ?? 0) > 400);
  });

  it("keeps an R0 that a person configured", () => {
    const sensor = createGasSensor(5_000, 9_000);
    for (let second = 0; second < 5_000; second++) sensor.take(3_000, second * 1_000);
    assert.equal(sensor.r0Ohm, 5_000);
  });

  it("names the air by its bands", () => {
    const named = [399, 400, 999, 1_499, 1_999, 2_000].map(airQualityOf);
    assert.deepEqual(named, ["good", "fair", "moderate", "poor", "very poor", "dangerous"]);
  });
});
