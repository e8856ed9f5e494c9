/** Why: one sentence for each piece of evidence, with its figures, resting on one reading. */

import type { Channel, Reading, Reason, Unit } from "../sensing-words.ts";
import { columns } from "../thermal/grid.ts";
import type { Band } from "./band.ts";
import type { DeviceEvidence } from "./evidence.ts";
import { airQualityOf } from "./mq135.ts";
import type { FusionRules } from "./rules.ts";
import { spreads } from "./thermal-evidence.ts";

/** A reading of the device of which this is told. */
export type Measure = (channel: Channel, value: number, unit: Unit, monotonicMs: number) => Reading;

const decimal = (value: number) => value.toFixed(1);
const seconds = (ms: number) => `${Math.max(0, Math.round(ms / 1_000))} s`;

/** The reasons of one device, the sources in the order of the threat matrix. */
export function explain(
  evidence: DeviceEvidence,
  rules: FusionRules,
  measure: Measure,
  now: number,
): Reason[] {
  return [
    ...ofSmoke(evidence.smoke, rules, measure, now),
    ...ofGas(evidence.gas, rules, measure, now),
    ...ofFlame(evidence, measure, now),
    ...ofThermal(evidence, rules, measure, now),
  ];
}

function ofSmoke(smoke: Band, { smokePercent: rule }: FusionRules, measure: Measure, now: number): Reason[] {
  const state = smoke.state(now);
  if (state === 0) return [];
  const lasting = seconds(smoke.takenMs - smoke.sinceMs);
  const text = `Smoke is at ${decimal(smoke.value)} %, for ${lasting} above ${rule.on} %${state === 2 ? ": that decides alone" : ""}.`;
  return [
    {
      code: state === 2 ? "smoke_decisive" : "smoke",
      text,
      reading: measure("smoke", smoke.value, "%", smoke.takenMs),
    },
  ];
}

function ofGas(gas: Band, { gasPpm: rule }: FusionRules, measure: Measure, now: number): Reason[] {
  const state = gas.state(now);
  if (state === 0) return [];
  const text = `Gas is at ${gas.value.toFixed(0)} ppm of CO2-equivalents (${airQualityOf(gas.value)} air), for ${seconds(gas.takenMs - gas.sinceMs)} above ${rule.on} ppm.`;
  return [
    {
      code: state === 2 ? "gas_decisive" : "gas",
      text,
      reading: measure("gas", gas.value, "ppm", gas.takenMs),
    },
  ];
}

function ofFlame({ flame }: DeviceEvidence, measure: Measure, now: number): Reason[] {
  const state = flame.state(now);
  if (state === 0) return [];
  const reasons: Reason[] = [];
  const lasting = seconds(flame.takenMs - flame.sinceMs);
  if (flame.isSwitched) {
    const reading = measure("flame_digital", flame.digital, "on", flame.takenMs);
    reasons.push({
      code: "flame_switched",
      text: `The flame input has left its rest for ${lasting}.`,
      reading,
    });
  }
  if (flame.awayPercent > 0) {
    const text = `The flame sensor is at ${decimal(flame.percent)} %, ${decimal(flame.awayPercent)} points from its usual level${state === 2 ? ", and flickers" : ""}.`;
    reasons.push({
      code: state === 2 ? "flame_flicker" : "flame_level",
      text,
      reading: measure("flame", flame.percent, "%", flame.takenMs),
    });
  }
  return reasons;
}

function ofThermal(
  { thermal }: DeviceEvidence,
  { thermal: rule }: FusionRules,
  measure: Measure,
  now: number,
): Reason[] {
  if (thermal.state(now) === 0) return [];
  const reasons: Reason[] = [];
  const { heat } = thermal;
  if (heat) {
    const isCritical = heat.criticalCells > 0;
    const text = `${counted(heat.cells)} at ${rule.onCelsius} °C or more, the hottest ${decimal(heat.hottestCelsius)} °C ${placeOf(heat.hottestCell)}${isCritical ? `: above ${rule.criticalCelsius} °C that decides alone` : ""}.`;
    const reading = measure("thermal", heat.hottestCelsius, "°C", thermal.takenMs);
    reasons.push({ code: isCritical ? "thermal_critical" : "thermal_hot", text, reading });
    if (spreads(heat)) {
      const grown = `The heat spreads: ${counted(heat.cells)} hot, ${heat.grewFrom} some ten seconds ago.`;
      reasons.push({ code: "thermal_growth", text: grown, reading });
    }
  }
  const rise = thermal.rise(now);
  if (rise) {
    const text = `${counted(rise.cells)} being heated: ${decimal(rise.perSecond)} K/s ${placeOf(rise.cell)}, now ${decimal(rise.celsius)} °C, ${decimal(rise.aboveBackground)} K above what is usual there.`;
    reasons.push({
      code: "thermal_rise",
      text,
      reading: measure("thermal", rise.celsius, "°C", rise.monotonicMs),
    });
  }
  return reasons;
}

function counted(cells: number): string {
  return cells === 1 ? "1 cell is" : `${cells} cells are`;
}

function placeOf(cell: number): string {
  return `in row ${Math.floor(cell / columns) + 1}, column ${(cell % columns) + 1}`;
}
