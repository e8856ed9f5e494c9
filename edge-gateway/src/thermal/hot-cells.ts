/**
 * Cells that are hot in true degrees, with a memory that decays: noise of one frame is no evidence, and a flame that
 * flickers is not gone between two frames.
 */
import { columns, pixels } from "./grid.ts";
import { hottestOf } from "./survey-cells.ts";

export type HotRules = {
  /** Degrees that warn, and that decide. */
  on: number;
  critical: number;
  /** Kelvin above its approved baseline that a cell must be, as well. */
  aboveBaseline: number;
  /** Seconds until a cell that is no longer hot has lost half of its weight. */
  halfLifeSeconds: number;
};

export type Heat = {
  /** Confirmed cells now, and the most of the last 10 to 20 seconds before. */
  cells: number;
  criticalCells: number;
  grewFrom: number;
  hottestCell: number;
  hottestCelsius: number;
};

export type Baseline = { celsius: Float32Array; strayCelsius: Float32Array };

export type HotCells = {
  /** Undefined: no cell is hot, or was lately. */
  take: (celsius: Float32Array, monotonicMs: number, baseline: Baseline | undefined) => Heat | undefined;
};

/** Three frames confirm a group: two in a row may be garbled. A cell alone needs four or five; a broken pixel is alone. */
const confirmedWeight = 1;
const groupGain = 0.45;
const singleGain = 0.35;
const weightMax = 2;
const forgottenWeight = 0.05;
const growthMs = 10_000;
const baselineStrays = 6;

export function createHotCells(rules: HotRules): HotCells {
  const weight = new Float32Array(pixels);
  const criticalWeight = new Float32Array(pixels);
  let active: number[] = [];
  let lastMs = 0;
  let windowFrom = 0;
  let [inWindow, beforeWindow] = [0, 0];

  function isHot(celsius: Float32Array, cell: number, baseline: Baseline | undefined): boolean {
    const value = celsius[cell] ?? 0;
    if (value < rules.on) return false;
    if (!baseline) return true;
    const margin = Math.max(rules.aboveBaseline, baselineStrays * (baseline.strayCelsius[cell] ?? 0));
    return value >= (baseline.celsius[cell] ?? 0) + margin;
  }

  function hasHotNeighbour(celsius: Float32Array, cell: number): boolean {
    const column = cell % columns;
    const at = (index: number) => (celsius[index] ?? 0) >= rules.on;
    return (
      (column > 0 && at(cell - 1)) ||
      (column < columns - 1 && at(cell + 1)) ||
      at(cell - columns) ||
      at(cell + columns)
    );
  }

  const weighs = (cell: number) => (weight[cell] ?? 0) > forgottenWeight;

  /** What is hot warms its neighbours in the picture; a cell that is hot now and then, all alone, is a pixel that fails. */
  function isAlone(cell: number): boolean {
    const column = cell % columns;
    return !(
      (column > 0 && weighs(cell - 1)) ||
      (column < columns - 1 && weighs(cell + 1)) ||
      weighs(cell - columns) ||
      weighs(cell + columns)
    );
  }

  function decay(celsius: Float32Array, monotonicMs: number): void {
    const keep = 0.5 ** (Math.max(0, monotonicMs - lastMs) / 1_000 / rules.halfLifeSeconds);
    for (const cell of active) {
      const kept = (celsius[cell] ?? 0) < rules.on && isAlone(cell) ? 0 : keep;
      weight[cell] = (weight[cell] ?? 0) * kept;
      criticalWeight[cell] = (criticalWeight[cell] ?? 0) * kept;
    }
    active = active.filter(weighs);
  }

  function add(celsius: Float32Array, baseline: Baseline | undefined): void {
    for (let cell = 0; cell < pixels; cell++) {
      if ((celsius[cell] ?? 0) < rules.on || !isHot(celsius, cell, baseline)) continue;
      const gain = hasHotNeighbour(celsius, cell) ? groupGain : singleGain;
      if (!weighs(cell)) active.push(cell);
      weight[cell] = Math.min(weightMax, (weight[cell] ?? 0) + gain);
      if ((celsius[cell] ?? 0) < rules.critical) continue;
      criticalWeight[cell] = Math.min(weightMax, (criticalWeight[cell] ?? 0) + gain);
    }
  }

  function growth(cells: number, monotonicMs: number): number {
    if (monotonicMs - windowFrom >= growthMs) {
      beforeWindow = monotonicMs - windowFrom >= 2 * growthMs ? 0 : inWindow;
      inWindow = 0;
      windowFrom = monotonicMs;
    }
    inWindow = Math.max(inWindow, cells);
    return beforeWindow;
  }

  return {
    take(celsius, monotonicMs, baseline) {
      if (active.length === 0 && hottestOf(celsius) < rules.on) {
        lastMs = monotonicMs;
        return undefined;
      }
      decay(celsius, monotonicMs);
      lastMs = monotonicMs;
      add(celsius, baseline);
      let [cells, criticalCells, hottestCell] = [0, 0, -1];
      for (const cell of active) {
        if ((weight[cell] ?? 0) < confirmedWeight) continue;
        cells++;
        if ((criticalWeight[cell] ?? 0) >= confirmedWeight) criticalCells++;
        if (hottestCell < 0 || (celsius[cell] ?? 0) > (celsius[hottestCell] ?? 0)) hottestCell = cell;
      }
      const grewFrom = growth(cells, monotonicMs);
      return cells === 0
        ? undefined
        : { cells, criticalCells, grewFrom, hottestCell, hottestCelsius: celsius[hottestCell] ?? 0 };
    },
  };
}
