import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { makeEeprom, renderCenti, renderFrame, roomView } from "../../testing/device-frames.ts";
import { createDecoder } from "./choose-decode.ts";
import { pixels } from "./grid.ts";

const eeprom = makeEeprom();
const room = roomView(24);
const real = renderFrame(eeprom, room);

function open() {
  const changes: string[] = [];
  return { decoder: createDecoder((as) => changes.push(as)), celsius: new Float32Array(pixels), changes };
}

function mostAway(celsius: Float32Array): number {
  return celsius.reduce((most, value, pixel) => Math.max(most, Math.abs(value - (room[pixel] ?? 0))), 0);
}

describe("choosing a decode", () => {
  it("reads a simulator's frame as hundredths of a degree", () => {
    const { decoder, celsius } = open();
    assert.equal(decoder.decode(renderCenti(room), 768, celsius), undefined);
    assert.equal(decoder.as, "centi");
    assert.equal(decoder.wantsCalibration, false);
    assert.ok(mostAway(celsius) < 0.01);
  });

  it("asks for the calibration of a device that sends raw RAM, and reads true degrees once it has it", () => {
    const { decoder, celsius, changes } = open();
    decoder.decode(real, 834, celsius);
    assert.equal(decoder.wantsCalibration, true);
    assert.equal(decoder.calibrate(eeprom), undefined);
    assert.equal(decoder.decode(real, 834, celsius), undefined);
    assert.deepEqual([decoder.as, decoder.wantsCalibration, changes], ["mlx90640", false, ["mlx90640"]]);
    assert.match(decoder.why, /3\.28 V/);
    assert.ok(mostAway(celsius) < 0.25);
  });

  it("stays with a simulator's frames when the calibration that it sent fits none of them", () => {
    const { decoder, celsius } = open();
    assert.equal(decoder.calibrate(eeprom), undefined);
    const frame = Buffer.concat([renderCenti(room), Buffer.alloc(132, 0x5a)]);
    assert.equal(decoder.decode(frame, 834, celsius), undefined);
    assert.equal(decoder.as, "centi");
    assert.match(decoder.why, /V is outside/);
  });

  it("refuses a garbled frame of a device that it knows, rather than taking it for a simulator", () => {
    const { decoder, celsius, changes } = open();
    decoder.calibrate(eeprom);
    decoder.decode(real, 834, celsius);
    const garbled = Buffer.from(real).fill(0x11, 2 * 768);
    assert.match(decoder.decode(garbled, 834, celsius) ?? "", /outside of|no possible/);
    assert.equal(decoder.decode(real, 834, celsius), undefined);
    assert.deepEqual([decoder.as, changes], ["mlx90640", []]);
  });

  it("takes a device for another after ten frames in a row that make no sense, and says so", () => {
    const { decoder, celsius, changes } = open();
    decoder.calibrate(eeprom);
    decoder.decode(real, 834, celsius);
    const other = renderCenti(room);
    for (let frame = 0; frame < 9; frame++) assert.notEqual(decoder.decode(other, 768, celsius), undefined);
    assert.equal(decoder.decode(other, 768, celsius), undefined);
    assert.deepEqual([decoder.as, changes], ["centi", ["centi"]]);
  });

  it("refuses a frame whose cells have no possible temperature", () => {
    const { decoder, celsius } = open();
    const noise = Buffer.from(Array.from({ length: 1_536 }, (_, index) => (index * 7_919) & 0xff));
    assert.match(decoder.decode(noise, 768, celsius) ?? "", /of 768 cells have no possible temperature/);
  });
});
