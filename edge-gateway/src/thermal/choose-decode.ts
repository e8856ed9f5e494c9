/**
 * Which arithmetic a device's frames need. Real sensors send raw RAM, which means nothing without their own
 * calibration; simulators send hundredths of a degree. Nothing in a packet says which, so plausibility does.
 */
import type { Decode } from "../sensing-words.ts";
import { type Calibration, faultOf, readCalibration } from "./calibration.ts";
import { decodeCenti } from "./centi.ts";
import { pixels } from "./grid.ts";
import { type Conditions, decodeMlx90640, readConditions, wordAt } from "./mlx90640.ts";
import { countOutside } from "./survey-cells.ts";

const supplyVolts = { min: 3, max: 3.6 };
const ambientCelsius = { min: -40, max: 85 };
const objectCelsius = { min: -60, max: 1_000 };
/** Cells outside of the sensor's range that one frame may have: sparks of noise, not noise everywhere. */
const strayCellsMax = 76;
/** So many frames in a row that make no sense as MLX90640 before the device is taken for another. */
const doubtsMax = 10;
const auxiliaryWords = 832;
/** Auxiliary RAM as the data sheet's example and real devices have it: gain, supply, ambient, its reference. */
const rawMarks = [
  { word: 778, min: 4_000, max: 9_000 },
  { word: 810, min: -17_000, max: -9_000 },
  { word: 800, min: 800, max: 3_000 },
  { word: 768, min: 12_000, max: 27_000 },
] as const;

export type Decoder = {
  /** Why the words are no calibration; undefined when they were taken. */
  calibrate: (words: Uint16Array) => string | undefined;
  /** Writes 768 temperatures, or says why the frame is refused. */
  decode: (frame: Buffer, words: number, celsius: Float32Array) => string | undefined;
  readonly as: Decode;
  readonly why: string;
  readonly isCalibrated: boolean;
  /** The frames look like raw RAM, and there is no calibration to read them with. */
  readonly wantsCalibration: boolean;
  /** Of the latest MLX90640 frame. */
  readonly conditions: Conditions | undefined;
};

/** One for each device. `onChange` is told when the choice changes after the first frame. */
export function createDecoder(onChange: (as: Decode, why: string) => void): Decoder {
  let calibration: Calibration | undefined;
  let as: Decode = "centi";
  let why = "no calibration was heard";
  let conditions: Conditions | undefined;
  let wantsCalibration = false;
  let decoded = 0;
  let doubts = 0;

  function choose(next: Decode, reason: string): void {
    const changes = next !== as;
    as = next;
    why = reason;
    if (changes && decoded > 0) onChange(next, reason);
  }

  function decode(frame: Buffer, words: number, celsius: Float32Array): string | undefined {
    const doubt = calibration ? tryMlx90640(calibration, frame, words, celsius) : "no calibration was heard";
    if (doubt === undefined) {
      decoded++;
      return undefined;
    }
    // A device that was read as MLX90640 does not become a simulator by one frame that the line garbled.
    if (as === "mlx90640" && ++doubts < doubtsMax) return doubt;
    wantsCalibration = !calibration && words >= auxiliaryWords && looksRaw(frame);
    choose("centi", doubt);
    decodeCenti(frame, celsius);
    const fault = implausible(celsius);
    if (!fault) decoded++;
    return fault;
  }

  function tryMlx90640(held: Calibration, frame: Buffer, words: number, celsius: Float32Array) {
    if (words < auxiliaryWords) return `a frame of ${words} words holds no auxiliary RAM`;
    const now = readConditions(frame, held);
    const fault = implausibleConditions(now);
    if (fault) return fault;
    decodeMlx90640(frame, held, now, celsius);
    const strange = implausible(celsius);
    if (strange) return strange;
    conditions = now;
    doubts = 0;
    wantsCalibration = false;
    if (as !== "mlx90640") {
      const { supplyVolts: volts, ambientCelsius: ambient } = now;
      choose(
        "mlx90640",
        `by its own calibration the supply is ${volts.toFixed(2)} V, the sensor ${ambient.toFixed(1)} °C`,
      );
    }
    return undefined;
  }

  return {
    calibrate(words) {
      const fault = faultOf(words);
      if (fault) return fault;
      calibration = readCalibration(words);
      doubts = 0;
      return undefined;
    },
    decode,
    get as() {
      return as;
    },
    get why() {
      return why;
    },
    get isCalibrated() {
      return calibration !== undefined;
    },
    get wantsCalibration() {
      return wantsCalibration;
    },
    get conditions() {
      return as === "mlx90640" ? conditions : undefined;
    },
  };
}

function implausibleConditions({
  supplyVolts: volts,
  ambientCelsius: ambient,
}: Conditions): string | undefined {
  if (!(volts >= supplyVolts.min && volts <= supplyVolts.max)) {
    return `a supply of ${volts.toFixed(2)} V is outside of ${supplyVolts.min} to ${supplyVolts.max} V`;
  }
  if (!(ambient >= ambientCelsius.min && ambient <= ambientCelsius.max)) {
    return `a sensor at ${ambient.toFixed(1)} °C is outside of ${ambientCelsius.min} to ${ambientCelsius.max} °C`;
  }
  return undefined;
}

function implausible(celsius: Float32Array): string | undefined {
  const strays = countOutside(celsius, objectCelsius.min, objectCelsius.max);
  return strays > strayCellsMax ? `${strays} of ${pixels} cells have no possible temperature` : undefined;
}

function looksRaw(frame: Buffer): boolean {
  return rawMarks.every(({ word, min, max }) => wordAt(frame, word) >= min && wordAt(frame, word) <= max);
}
