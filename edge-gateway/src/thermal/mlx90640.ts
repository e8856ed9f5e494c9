/**
 * From an MLX90640's RAM to degrees Celsius.
 *
 * Source: Melexis data sheet 3901090640, section 11.2.2 (temperature calculation). With w = the compensated signal
 * over the sensitivity, the data sheet's formula for the object's temperature becomes
 *
 *     T = (w / (correction * (1 + slope * (T' - from))) + reflected)^(1/4)
 *
 * where T' is the same without the denominator, then with it, and the last time with the parameters of the range that
 * the second result lies in. That is the same arithmetic with three powers less for each pixel.
 */
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
export type Optics = { emissivity: number };
/** 0.95: painted walls, wood, skin, most things that are not bare metal. */
const usualOptics: Optics = { emissivity: 0.95 };

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
  { supplyVolts, ambientCelsius }: Conditions,
  celsius: Float32Array,
  { emissivity }: Optics = usualOptics,
): void {
  const { offset, offsetPerKelvin, offsetPerVolt, sensitivityInverse, ranges, isChess } = calibration;
  const gain = calibration.gain / wordAt(frame, aux.gain);
  const [kelvins, volts] = [ambientCelsius - nominalCelsius, supplyVolts - nominalVolts];
  const { compensation, temperatureGradient, patternOffset } = calibration;
  const drift = (1 + compensation.perKelvin * kelvins) * (1 + compensation.perVolt * volts);
  const correction = (subpage: 0 | 1) =>
    temperatureGradient *
    (wordAt(frame, aux.compensation[subpage]) * gain - compensation.offset[subpage] * drift);
  const [even, odd] = [correction(0), correction(1)];
  const perSignal = 1 / (emissivity * (1 + calibration.sensitivityPerKelvin * kelvins));
  const reflected = reflectedTerm(ambientCelsius, emissivity);
  const usual = ranges[1];
  const usualFrom = 0;
  const usualTo = ranges[2]?.from ?? Number.POSITIVE_INFINITY;
  const slope = usual?.slope ?? 0;
  const base = 1 - slope * zeroCelsius;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const byte = pixel << 1;
    const raw = (((frame[byte] ?? 0) << 24) >> 16) | (frame[byte + 1] ?? 0);
    const row = pixel >> 5;
    const subpage = isChess ? (row + pixel) & 1 : row & 1;
    const still =
      (offset[pixel] ?? 0) *
      (1 + (offsetPerKelvin[pixel] ?? 0) * kelvins) *
      (1 + (offsetPerVolt[pixel] ?? 0) * volts);
    let signal = raw * gain - still - (subpage === 0 ? even : odd);
    if (patternOffset) signal += patternOffset[pixel] ?? 0;
    const w = signal * perSignal * (sensitivityInverse[pixel] ?? 0);
    const bare = Math.sqrt(Math.sqrt(w + reflected));
    const first = Math.sqrt(Math.sqrt(w / (base + slope * bare) + reflected)) - zeroCelsius;
    celsius[pixel] =
      first >= usualFrom && first < usualTo
        ? Math.sqrt(Math.sqrt(w / (1 + slope * first) + reflected)) - zeroCelsius
        : inRange(w, first, reflected, ranges);
  }
  for (const pixel of calibration.broken) celsius[pixel] = meanOfNeighbours(celsius, pixel);
}

/** In K^4, of the surroundings that the object reflects. */
function reflectedTerm(ambientCelsius: number, emissivity: number): number {
  const ambient = (ambientCelsius + zeroCelsius) ** 4;
  const surroundings = (ambientCelsius - reflectedBelowAmbient + zeroCelsius) ** 4;
  return surroundings - (surroundings - ambient) / emissivity;
}

function inRange(w: number, first: number, reflected: number, ranges: Calibration["ranges"]): number {
  let range = ranges[0];
  for (const candidate of ranges) if (first >= candidate.from) range = candidate;
  const { from, slope, correction } = range ?? { from: 0, slope: 0, correction: 1 };
  return Math.sqrt(Math.sqrt(w / (correction * (1 + slope * (first - from))) + reflected)) - zeroCelsius;
}

function meanOfNeighbours(celsius: Float32Array, pixel: number): number {
  const column = pixel % columns;
  const left = column > 0 ? celsius[pixel - 1] : undefined;
  const right = column < columns - 1 ? celsius[pixel + 1] : undefined;
  return ((left ?? right ?? 0) + (right ?? left ?? 0)) / 2;
}
