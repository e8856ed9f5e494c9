/**
 * From an MLX90640's RAM to degrees Celsius.
 *
 * Source: Melexis data sheet 3901090640, section 11.2.2 (temperature calculation). With w = the compensated signal
 * over the sensitivity, the data sheet's formula for the object's temperature becomes
 *
 *     T = (w / (correction * (1 + slope * (T' - from))) + reflected)^(1/4)
 *
 * where T' is the same without the denominator, then with it, and the last time with the parameters of the range that
 * the second result lies in. That is the same arithmetic with three powers less for each pixel; ../kernels/kernels.wat
 * does it for four pixels at a time.
 */
import { createKernels } from "../kernels/index.ts";
import type { Calibration } from "./calibration.ts";
import { columns, pixels } from "./grid.ts";

/** Auxiliary RAM, as words of the frame. */
const aux = { voltage: 768, compensation: [776, 808], gain: 778, ambient: 800, supply: 810 } as const;
const zeroCelsius = 273.15;
const nominalVolts = 3.3;
const nominalCelsius = 25;
/** What the walls and things around reflect into the view is cooler than the sensor, which warms itself. */
const reflectedBelowAmbient = 8;

export type Conditions = { supplyVolts: number; ambientCelsius: number };
/** Painted walls, wood, skin, most things that are not bare metal. */
const emissivity = 0.95;

const kernels = createKernels();
/** In bytes of the kernels' memory, a multiple of 16 each. */
const places = { frame: 0, terms: 2_048, celsius: 4_096, tables: 8_192 } as const;
const memory = {
  frame: Buffer.from(kernels.memory.buffer, places.frame, 2 * pixels),
  terms: new Float32Array(kernels.memory.buffer, places.terms, 8 + 5 + 3 * 4),
  celsius: new Float32Array(kernels.memory.buffer, places.celsius, pixels),
  tables: new Float32Array(kernels.memory.buffer, places.tables, 5 * pixels),
};
/** Whose tables the memory holds: copied for another device only. */
let tablesHeld: Float32Array | undefined;

export function wordAt(frame: Buffer, index: number): number {
  return (((frame[2 * index] ?? 0) << 24) >> 16) | (frame[2 * index + 1] ?? 0);
}

/** Supply voltage and the sensor's own temperature. `frame` holds at least 832 words, the high byte first. */
export function readConditions(frame: Buffer, calibration: Calibration): Conditions {
  const { supply, ambient } = calibration;
  const scale = 2 ** (supply.resolution - calibration.resolution);
  const supplyVolts = (scale * wordAt(frame, aux.supply) - supply.at25) / supply.perVolt + nominalVolts;
  const proportional = wordAt(frame, aux.ambient);
  const share = (proportional / (proportional * ambient.alpha + wordAt(frame, aux.voltage))) * 2 ** 18;
  const perVolt = 1 + ambient.perVolt * (supplyVolts - nominalVolts);
  const ambientCelsius = (share / perVolt - ambient.at25) / ambient.perKelvin + nominalCelsius;
  return { supplyVolts, ambientCelsius };
}

/**
 * Writes 768 temperatures. `frame` holds at least 832 words; both halves of the pattern are taken as of one instant.
 * Broken pixels get the mean of their neighbours in the row.
 */
export function decodeMlx90640(
  frame: Buffer,
  calibration: Calibration,
  conditions: Conditions,
  celsius: Float32Array,
): void {
  frame.copy(memory.frame, 0, 0, memory.frame.length);
  if (tablesHeld !== calibration.pixels) {
    tablesHeld = calibration.pixels;
    memory.tables.set(tablesHeld);
  }
  writeTerms(frame, calibration, conditions);
  kernels.decode(places.frame, places.tables, places.terms, places.celsius);
  for (const pixel of calibration.broken) memory.celsius[pixel] = meanOfNeighbours(memory.celsius, pixel);
  celsius.set(memory.celsius);
}

/** What all pixels share, in the order that ../kernels/kernels.wat reads it in. */
function writeTerms(
  frame: Buffer,
  calibration: Calibration,
  { supplyVolts, ambientCelsius }: Conditions,
): void {
  const { compensation, temperatureGradient } = calibration;
  const gain = calibration.gain / wordAt(frame, aux.gain);
  const [kelvins, volts] = [ambientCelsius - nominalCelsius, supplyVolts - nominalVolts];
  const drift = (1 + compensation.perKelvin * kelvins) * (1 + compensation.perVolt * volts);
  const correction = (subpage: 0 | 1) =>
    temperatureGradient *
    (wordAt(frame, aux.compensation[subpage]) * gain - compensation.offset[subpage] * drift);
  const [even, odd] = [correction(0), correction(1)];
  const perSignal = 1 / (emissivity * (1 + calibration.sensitivityPerKelvin * kelvins));
  const { terms } = memory;
  for (let place = 0; place < 8; place++) {
    const [row, column] = [place >> 2, place & 3];
    terms[place] = (calibration.isChess ? (row + column) & 1 : row) === 0 ? even : odd;
  }
  terms[8] = gain;
  terms[9] = kelvins;
  terms[10] = volts;
  terms[11] = perSignal;
  terms[12] = reflectedTerm(ambientCelsius);
  let at = 13;
  for (const { from, slope, correction: upToThere } of calibration.ranges) {
    terms[at++] = from;
    terms[at++] = upToThere * (1 - slope * from);
    terms[at++] = upToThere * slope;
  }
}

/** In K^4, of the surroundings that the object reflects. */
function reflectedTerm(ambientCelsius: number): number {
  const ambient = (ambientCelsius + zeroCelsius) ** 4;
  const surroundings = (ambientCelsius - reflectedBelowAmbient + zeroCelsius) ** 4;
  return surroundings - (surroundings - ambient) / emissivity;
}

function meanOfNeighbours(celsius: Float32Array, pixel: number): number {
  const column = pixel % columns;
  const left = column > 0 ? celsius[pixel - 1] : undefined;
  const right = column < columns - 1 ? celsius[pixel + 1] : undefined;
  return ((left ?? right ?? 0) + (right ?? left ?? 0)) / 2;
}
