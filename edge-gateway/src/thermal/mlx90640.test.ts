import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { decodeInDoubles } from "../../testing/decode-in-doubles.ts";
import { makeEeprom, renderFrame, roomView } from "../../testing/device-frames.ts";
import { faultOf, readCalibration } from "./calibration.ts";
import { pixels } from "./grid.ts";
import { decodeMlx90640, readConditions } from "./mlx90640.ts";

const golden = fileURLToPath(new URL("../../../../shared/sensors/mlx-golden.json", import.meta.url));
const Golden = z.object({
  eeprom: z.string(),
  frames: z.array(z.object({ hex: z.string(), vdd: z.number(), ta: z.number(), to: z.array(z.number()) })),
});

function wordsOf(hex: string): Uint16Array {
  return Uint16Array.from(hex.match(/.{4}/g) ?? [], (word) => Number.parseInt(word, 16));
}

describe("MLX90640", () => {
  it("computes the maker's temperatures within 0.02 K", {
    skip: existsSync(golden) ? false : "../shared is not there",
  }, () => {
    const { eeprom, frames } = Golden.parse(JSON.parse(readFileSync(golden, "utf8")));
    const calibration = readCalibration(wordsOf(eeprom));
    for (const { hex, vdd, ta, to } of frames) {
      const frame = Buffer.from(hex, "hex");
      const conditions = readConditions(frame, calibration);
      const celsius = new Float32Array(pixels);
      decodeMlx90640(frame, calibration, conditions, celsius);
      assert.ok(
        Math.abs(conditions.supplyVolts - vdd) < 0.001 && Math.abs(conditions.ambientCelsius - ta) < 0.01,
      );
      to.forEach((wanted, pixel) => {
        assert.ok(
          Math.abs((celsius[pixel] ?? 0) - wanted) < 0.02,
          `pixel ${pixel}: ${celsius[pixel]}, not ${wanted}`,
        );
      });
    }
  });

  it("computes the supply and the ambient temperature of the data sheet's worked example", () => {
    const words = makeEeprom();
    for (const [index, word] of [
      [0x10, 0x4210],
      [0x31, 0x2ff1],
      [0x32, 0x5952],
      [0x33, 0x9d68],
    ] as const) {
      words[index] = word;
    }
    const frame = Buffer.alloc(2 * 834);
    for (const [index, word] of [
      [768, 0x4bf2],
      [778, 0x1881],
      [800, 0x06af],
      [810, 0xccc5],
    ] as const) {
      frame.writeUInt16BE(word, 2 * index);
    }
    const { supplyVolts, ambientCelsius } = readConditions(frame, readCalibration(words));
    assert.ok(Math.abs(supplyVolts - 3.319) < 0.001, `${supplyVolts} V`);
    assert.ok(Math.abs(ambientCelsius - 39.184) < 0.005, `${ambientCelsius} °C`);
  });

  it("decodes every range of temperature back to what was seen", () => {
    const words = makeEeprom();
    const seen = roomView(24);
    [-30, -5, 5, 60, 99, 101, 150, 199, 201, 300].forEach((celsius, index) => {
      seen[200 + index] = celsius;
    });
    const calibration = readCalibration(words);
    const frame = renderFrame(words, seen);
    const celsius = new Float32Array(pixels);
    decodeMlx90640(frame, calibration, readConditions(frame, calibration), celsius);
    celsius.forEach((value, pixel) => {
      const wanted = seen[pixel] ?? 0;
      assert.ok(Math.abs(value - wanted) < 0.25, `pixel ${pixel}: ${value}, not ${wanted}`);
    });
  });

  it("computes what the data sheet's formulas do in doubles within 0.005 K, in either pattern and every range", () => {
    for (const [control, supply, ambient] of [
      [0x1901, -12_420, 1_711],
      [0x0901, -12_300, 1_640],
      [0x1901, -12_700, 1_790],
    ] as const) {
      const words = makeEeprom();
      const seen = Float32Array.from({ length: pixels }, (_, pixel) => -35 + ((pixel * 7) % 380));
      const frame = renderFrame(words, seen);
      words[0x0c] = control;
      words[0x35] = 0x2b55;
      const calibration = readCalibration(words);
      frame.writeInt16BE(supply, 2 * 810);
      frame.writeInt16BE(ambient, 2 * 800);
      const conditions = readConditions(frame, calibration);
      const celsius = new Float32Array(pixels);
      decodeMlx90640(frame, calibration, conditions, celsius);
      const wanted = decodeInDoubles(frame, calibration, conditions);
      assert.ok(wanted.some((value) => value < 0) && wanted.some((value) => value > 200));
      wanted.forEach((value, pixel) => {
        const off = Math.abs((celsius[pixel] ?? 0) - value);
        assert.ok(off < 0.005 || Number.isNaN(value), `pixel ${pixel}: ${celsius[pixel]}, not ${value}`);
      });
    }
  });

  it("decodes for each device by its own calibration, however they alternate", () => {
    const [one, other] = [makeEeprom(), makeEeprom()];
    other[0x21] = 14_000;
    const celsius = new Float32Array(pixels);
    for (const words of [one, other, one, other]) {
      const calibration = readCalibration(words);
      const frame = renderFrame(words, roomView(24));
      decodeMlx90640(frame, calibration, readConditions(frame, calibration), celsius);
      roomView(24).forEach((wanted, pixel) => assert.ok(Math.abs((celsius[pixel] ?? 0) - wanted) < 0.25));
    }
  });

  it("gives a pixel that the maker marked as broken the mean of its neighbours", () => {
    const words = makeEeprom();
    const frame = renderFrame(words, roomView(24));
    words[0x40 + 100] = 0;
    const calibration = readCalibration(words);
    const celsius = new Float32Array(pixels);
    decodeMlx90640(frame, calibration, readConditions(frame, calibration), celsius);
    assert.equal(celsius[100], Math.fround(((celsius[99] ?? 0) + (celsius[101] ?? 0)) / 2));
  });

  it("refuses words that are no calibration, and says why", () => {
    const words = makeEeprom();
    assert.equal(faultOf(words), undefined);
    assert.match(
      faultOf(words.map((word, index) => (index === 10 ? word | 0x40 : word))) ?? "",
      /another device/,
    );
    assert.match(
      faultOf(words.map((word, index) => (index >= 0x40 && index < 0x60 ? 0 : word))) ?? "",
      /32 pixels/,
    );
    assert.throws(() => readCalibration(new Uint16Array(832)), RangeError);
    assert.throws(() => readCalibration(words.subarray(0, 831)), /832 words, got 831/);
  });
});
