/** What the thermal view says, with a memory: heat in true degrees, heat that spreads, and what is being heated. */
import type { Baseline, Heat, HotCells } from "../thermal/hot-cells.ts";
import { createHotCells } from "../thermal/hot-cells.ts";
import { type CellWatch, createCellWatch, type Rise } from "../thermal/watch-cells.ts";
import type { FusionRules } from "./rules.ts";

export type ThermalEvidence = {
  take: (celsius: Float32Array, monotonicMs: number, baseline: Baseline | undefined) => void;
  /** 0: none, 1: active, 2: decisive. */
  state: (monotonicMs: number) => 0 | 1 | 2;
  strength: () => number;
  /** Of the latest frame; undefined when nothing is hot. */
  readonly heat: Heat | undefined;
  /** The latest rise that is still remembered. */
  rise: (monotonicMs: number) => (Rise & { monotonicMs: number }) | undefined;
  readonly takenMs: number;
  readonly cells: CellWatch;
};

/** Steady rises in a row before one decides: a garbled frame makes one. */
const decisiveRises = 2;
const growthCellsMin = 6;
/** Warm water spreads over a sink too; what burns is hotter. */
const growthCelsiusMin = 75;

export function spreads({ cells, grewFrom, hottestCelsius }: Heat): boolean {
  const isMore = grewFrom > 0 && cells >= growthCellsMin && cells >= 2 * grewFrom;
  return isMore && hottestCelsius >= growthCelsiusMin;
}

export function createThermalEvidence(rule: FusionRules["thermal"], staleSeconds: number): ThermalEvidence {
  const hot: HotCells = createHotCells({
    on: rule.onCelsius,
    critical: rule.criticalCelsius,
    aboveBaseline: rule.aboveBaseline,
    halfLifeSeconds: rule.halfLifeSeconds,
  });
  const cells = createCellWatch(rule);
  let heat: Heat | undefined;
  let latest: (Rise & { monotonicMs: number }) | undefined;
  let rises = 0;
  let takenMs = Number.NEGATIVE_INFINITY;

  function riseAt(monotonicMs: number) {
    return latest && monotonicMs - latest.monotonicMs <= rule.riseHoldSeconds * 1_000 ? latest : undefined;
  }

  return {
    take(celsius, monotonicMs, baseline) {
      takenMs = monotonicMs;
      heat = hot.take(celsius, monotonicMs, baseline);
      const rise = cells.watch(celsius, monotonicMs);
      if (!rise) return;
      rises = riseAt(monotonicMs) ? rises + 1 : 1;
      latest = { ...rise, monotonicMs };
    },
    state(monotonicMs) {
      if (monotonicMs - takenMs > staleSeconds * 1_000) return 0;
      const rise = riseAt(monotonicMs);
      if (heat && (heat.criticalCells > 0 || spreads(heat))) return 2;
      if (rise && rises >= decisiveRises && rise.celsius >= rule.riseCriticalCelsius) return 2;
      return heat || rise ? 1 : 0;
    },
    strength() {
      const span = Math.max(1, rule.criticalCelsius - rule.onCelsius);
      const ofHeat = heat ? 0.6 + (0.4 * (heat.hottestCelsius - rule.onCelsius)) / span : 0;
      const ofRise = latest ? 0.5 + Math.min(0.3, latest.aboveBackground / 100) : 0;
      return Math.min(1, Math.max(0, ofHeat, ofRise));
    },
    get heat() {
      return heat;
    },
    rise: riseAt,
    get takenMs() {
      return takenMs;
    },
    cells,
  };
}
