/**
 * The MQ-135, a heated tin-oxide sensor: its resistance falls in many gases and vapours, without telling which.
 *
 * Source: the sensitivity curves of the maker's data sheet as power laws, ppm = a (Rs / R0)^b, where R0 is the
 * resistance in clean air over 3.6. Each figure is what the air would hold if all of the change were that one gas.
 */
import { adcMax } from "../packet.ts";

const curves = {
  co2: [116.602, -2.769],
  co: [605.18, -3.937],
  ammonia: [102.2, -2.473],
  alcohol: [77.255, -3.18],
  acetone: [34.668, -3.369],
  toluene: [44.947, -3.445],
} as const;
export type Gas = keyof typeof curves;
export const gases = Object.keys(curves) as Gas[];

export const cleanAirRatio = 3.6;
const loadOhm = 10_000;
const ppmMax = 100_000;

/** Upper bounds in ppm of CO2-equivalents. */
const bands = [
  [400, "good"],
  [600, "fair"],
  [1_000, "moderate"],
  [1_500, "poor"],
  [2_000, "very poor"],
] as const;
export type AirQuality = (typeof bands)[number][1] | "dangerous";

/** Rs = Vin x RL / Vout - RL; the supply cancels out against the ADC's range. Undefined where no sensor is connected. */
export function resistanceOf(raw: number): number | undefined {
  // Below 1 % of the range nothing drives the input, and at its end it is short-circuited.
  return raw < adcMax / 100 || raw >= adcMax ? undefined : (adcMax * loadOhm) / raw - loadOhm;
}

export function ppmOf(gas: Gas, resistanceOhm: number, r0Ohm: number): number {
  const [a, b] = curves[gas];
  return Math.min(ppmMax, a * (resistanceOhm / r0Ohm) ** b);
}

export function airQualityOf(co2Ppm: number): AirQuality {
  return bands.find(([below]) => co2Ppm < below)?.[1] ?? "dangerous";
}

/** What the air would hold of each gas, in ppm, if it alone were what the sensor feels. */
export type Air = { quality: AirQuality; ppm: Record<Gas, number> };

export type GasSensor = {
  /** CO2-equivalents in ppm; undefined without a sensor, or while it is not calibrated. */
  take: (raw: number, monotonicMs: number) => number | undefined;
  /** Takes the air of the latest reading as clean; the R0 in ohm, undefined without a reading. */
  calibrate: () => number | undefined;
  readonly r0Ohm: number | undefined;
  /** Undefined without a sensor, or while it is not calibrated. */
  air: () => Air | undefined;
};

/** Readings that are averaged for the first R0, and how slowly it follows clean air afterwards: 1 % an hour. */
const learnReadings = 60;
const followPerSecond = 0.01 / 3_600;

/** `r0Ohm` as configured is kept; a learned one follows the sensor's slow ageing. */
export function createGasSensor(r0Ohm: number | undefined, learnedOhm: number | undefined): GasSensor {
  let r0 = r0Ohm ?? learnedOhm;
  let resistance: number | undefined;
  let takenMs = Number.NaN;
  const first: number[] = [];

  function learn(ohm: number, monotonicMs: number): void {
    if (r0Ohm !== undefined) return;
    if (r0 === undefined) {
      first.push(ohm);
      if (first.length < learnReadings) return;
      r0 = (first.toSorted((a, b) => a - b)[learnReadings >> 1] ?? ohm) / cleanAirRatio;
      first.length = 0;
    } else if (takenMs <= monotonicMs) {
      const step = Math.min(60, (monotonicMs - takenMs) / 1_000) * followPerSecond;
      r0 *= ohm / cleanAirRatio > r0 ? 1 + step : 1 - step;
    }
  }

  return {
    take(raw, monotonicMs) {
      resistance = resistanceOf(raw);
      if (resistance === undefined) return undefined;
      learn(resistance, monotonicMs);
      takenMs = monotonicMs;
      return r0 === undefined ? undefined : ppmOf("co2", resistance, r0);
    },
    calibrate() {
      if (resistance === undefined) return undefined;
      r0 = resistance / cleanAirRatio;
      return r0;
    },
    get r0Ohm() {
      return r0;
    },
    air() {
      if (resistance === undefined || r0 === undefined) return undefined;
      const [ohm, clean] = [resistance, r0];
      const ppm = Object.fromEntries(gases.map((gas) => [gas, ppmOf(gas, ohm, clean)])) as Air["ppm"];
      return { quality: airQualityOf(ppm.co2), ppm };
    },
  };
}
