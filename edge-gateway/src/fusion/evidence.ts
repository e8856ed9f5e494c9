/** Everything that one device's inputs say, each with its memory. */
import { adcMax, type SensorValues } from "../packet.ts";
import type { Baseline } from "../thermal/hot-cells.ts";
import { type Band, createBand } from "./band.ts";
import { createFlameSensor, type FlameMemory, type FlameSensor } from "./flame.ts";
import { createGasSensor, type GasSensor } from "./mq135.ts";
import type { FusionRules } from "./rules.ts";
import { createThermalEvidence, type ThermalEvidence } from "./thermal-evidence.ts";

/** What outlives a restart. */
export type Learned = { flame?: FlameMemory | undefined; gasR0Ohm?: number | undefined };

export type DeviceEvidence = {
  /** ADC1 is the smoke sensor, ADC2 the flame sensor's level, ADC3 the gas sensor. */
  takeSensor: (values: SensorValues, monotonicMs: number) => void;
  takeFrame: (celsius: Float32Array, monotonicMs: number, baseline: Baseline | undefined) => void;
  /** Whether any source says something: cheap, asked after every packet. */
  speaks: (monotonicMs: number) => boolean;
  readonly smoke: Band;
  readonly gas: Band;
  readonly flame: FlameSensor;
  readonly thermal: ThermalEvidence;
  readonly gasSensor: GasSensor;
};

export function percentOf(raw: number): number {
  return (raw * 100) / adcMax;
}

export function createEvidence(
  rules: FusionRules,
  gasR0Ohm: number | undefined,
  learned: Learned,
): DeviceEvidence {
  const stale = rules.staleSeconds;
  const smoke = createBand(rules.smokePercent, stale.sensor);
  const gas = createBand(rules.gasPpm, stale.sensor);
  const flame = createFlameSensor(rules.flame, stale.sensor, learned.flame);
  const thermal = createThermalEvidence(rules.thermal, stale.thermal);
  const gasSensor = createGasSensor(gasR0Ohm, learned.gasR0Ohm);
  return {
    takeSensor({ adc1, adc2, adc3, digital }, monotonicMs) {
      if (adc1 >= 0) smoke.take(percentOf(adc1), monotonicMs);
      if (adc2 >= 0 || digital >= 0) flame.take(percentOf(adc2), digital, monotonicMs);
      if (!(adc3 >= 0)) return;
      const ppm = gasSensor.take(adc3, monotonicMs);
      if (ppm !== undefined) gas.take(ppm, monotonicMs);
    },
    takeFrame: thermal.take,
    speaks: (now) =>
      smoke.state(now) > 0 || thermal.state(now) > 0 || flame.state(now) > 0 || gas.state(now) > 0,
    smoke,
    gas,
    flame,
    thermal,
    gasSensor,
  };
}
