/**
 * What changes in a thermal view: each cell against its own recent past. One pass over a frame, some microseconds.
 *
 * - `background` follows the median of a cell slowly, so that an object that heats up does not become background
 *   while it does; `stray` follows how far the cell usually lies from it.
 * - The whole view drifts with the sensor's own warmth and the room's: that common shift is taken off first.
 * - A cell that rises steadily over the last three frames is heated. One that jumps, or that borders on something
 *   warm that was there before, below the heat of no living body, is a body that moves.
 */
import { columns, pixels, rows } from "./grid.ts";

export type WatchRules = {
  /** Kelvin a second, over the last two intervals, that a cell must rise by. */
  risePerSecond: number;
  /** Kelvin above its background, and times its usual stray, that it must have reached. */
  riseCelsius: number;
  riseStrays: number;
  /** No person and no animal is as warm as this. */
  bodyCelsiusMax: number;
};

export type Rise = {
  /** The fastest cell that is being heated, and how many are. */
  cell: number;
  cells: number;
  celsius: number;
  perSecond: number;
  aboveBackground: number;
};

export type CellWatch = {
  /** Takes the next frame, which is read only. Undefined: nothing is being heated, or the last one was just now. */
  watch: (celsius: Float32Array, monotonicMs: number) => Rise | undefined;
  readonly background: Float32Array;
  readonly stray: Float32Array;
  /** Frames that were compared. */
  readonly frames: number;
};

/** The first frames make the background: nothing is told of them. */
const warmUpFrames = 4;
const settleFrames = 16;
const backgroundPerSecond = 0.02;
/** What lies further off is an object; it becomes background too, but only after half an hour and more. */
const objectPerSecond = 0.003;
const objectCelsius = 1;
const strayMin = 0.08;
/** Times are those of arrival: a stalled network delivers several frames at once, which were not taken at once. */
const intervalMaxMs = 10_000;
/** Between two frames that are compared: a shorter rise drowns in the noise of a cell, which is 0.1 to 0.5 K. */
const comparedSecondsMin = 0.4;
const jumpCelsius = 1.5;
/** So many jumping cells are somebody who moves. */
const jumpCellsMax = 6;
/** Nothing heats up faster without flames, which are seen as such; a garbled frame does. */
const risePerSecondMax = 30;
/** One of two steps of a steady rise may be this much larger than the other. */
const unevenness = 2.2;
const candidatesMax = 96;
/** Cells around one that rises in which a body is looked for, and how warm it must have been there. */
const bodyReach = 2;
const [warmCelsius, warmStrays] = [1.2, 3];

export function createCellWatch(rules: WatchRules): CellWatch {
  const background = new Float32Array(pixels);
  const stray = new Float32Array(pixels).fill(0.3);
  let previous = new Float32Array(pixels);
  let before = new Float32Array(pixels);
  const candidates = new Uint16Array(candidatesMax);
  let frames = 0;
  let lastMs = Number.NaN;
  let usualIntervalMs = 0;
  let sinceCompared = 0;
  /** Cells that jumped in the comparison before: who moved then may have moved a little now. */
  let jumpedBefore = 0;
  let [interval, intervalBefore] = [1, 1];

  /** Seconds that the frame is taken to be younger than the last: never much less than the device usually waits. */
  function intervalUntil(monotonicMs: number): number {
    const since = Math.min(Math.max(monotonicMs - lastMs, 0), intervalMaxMs);
    lastMs = monotonicMs;
    if (!(since >= 0)) return 0;
    // A pause is no usual interval: it counts for at most twice the last.
    const usual = usualIntervalMs === 0 ? since : Math.min(since, 2 * usualIntervalMs);
    usualIntervalMs += (usual - usualIntervalMs) * (usualIntervalMs === 0 ? 1 : 0.1);
    return Math.max(since, usualIntervalMs * 0.5) / 1_000;
  }

  function begin(celsius: Float32Array): void {
    for (let cell = 0; cell < pixels; cell++) {
      const value = celsius[cell] ?? 0;
      const mean = background[cell] ?? 0;
      const next = mean + (value - mean) / (frames + 1);
      background[cell] = next;
      if (frames > 0) stray[cell] = Math.max(strayMin, ((stray[cell] ?? 0) + Math.abs(value - next)) / 2);
    }
  }

  /** The pass over all cells: learns, and notes which rise and how many jump. */
  function pass(celsius: Float32Array, shift: number): { rising: number; jumping: number } {
    let [rising, jumping] = [0, 0];
    const learn = frames < settleFrames ? 0.5 : backgroundPerSecond * interval;
    const learnObject = frames < settleFrames ? 0.5 : objectPerSecond * interval;
    const learnStray = frames < settleFrames ? 0.05 : 0.004;
    const [stepMin, stepBeforeMin] = [
      rules.risePerSecond * interval * 0.5,
      rules.risePerSecond * intervalBefore * 0.5,
    ];
    const riseMin = rules.risePerSecond * (interval + intervalBefore);
    for (let cell = 0; cell < pixels; cell++) {
      const value = celsius[cell] ?? 0;
      const last = previous[cell] ?? 0;
      const mean = background[cell] ?? 0;
      const usual = stray[cell] ?? 0;
      const step = value - last;
      const above = value - shift - mean;
      const off = above < 0 ? -above : above;
      const most = off > objectCelsius ? learnObject : learn;
      background[cell] = mean + (above > most ? most : above < -most ? -most : above * 0.1);
      const next = usual + (off * 1.4826 > usual ? learnStray : -learnStray);
      stray[cell] = next < strayMin ? strayMin : next;
      if (step > jumpCelsius || step < -jumpCelsius) jumping++;
      if (step < stepMin || above < rules.riseCelsius || above < rules.riseStrays * usual) continue;
      const stepBefore = last - (before[cell] ?? 0);
      if (stepBefore < stepBeforeMin || step + stepBefore < riseMin) continue;
      const [rate, rateBefore, noise] = [
        step / interval,
        stepBefore / intervalBefore,
        (2 * usual) / interval,
      ];
      if (
        rate > risePerSecondMax ||
        rate > unevenness * rateBefore + noise ||
        rateBefore > unevenness * rate + noise
      ) {
        continue;
      }
      if (rising < candidatesMax) candidates[rising] = cell;
      rising++;
    }
    return { rising, jumping };
  }

  /** Of the rising cells those that no body explains. */
  function judge(
    celsius: Float32Array,
    shift: number,
    found: { rising: number; jumping: number },
  ): Rise | undefined {
    let rise: Rise | undefined;
    const rising = new Set(candidates.subarray(0, Math.min(found.rising, candidatesMax)));
    const others = Math.max(found.jumping - found.rising, jumpedBefore);
    for (const cell of rising) {
      const value = celsius[cell] ?? 0;
      const moves = others > jumpCellsMax || found.rising > candidatesMax / 2;
      if (value < rules.bodyCelsiusMax && (moves || wasWarm(cell, shift, rising))) continue;
      const perSecond = (value - (before[cell] ?? 0)) / (interval + intervalBefore);
      if (rise) rise.cells++;
      if (rise && rise.perSecond >= perSecond) continue;
      const aboveBackground = value - shift - (background[cell] ?? 0);
      rise = { cell, cells: rise?.cells ?? 1, celsius: value, perSecond, aboveBackground };
    }
    return rise;
  }

  /** Something near the cell, that does not rise itself, was warm before: its edge has moved here. */
  function wasWarm(cell: number, shift: number, rising: ReadonlySet<number>): boolean {
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    for (let y = Math.max(0, row - bodyReach); y <= Math.min(rows - 1, row + bodyReach); y++) {
      for (let x = Math.max(0, column - bodyReach); x <= Math.min(columns - 1, column + bodyReach); x++) {
        const near = y * columns + x;
        const above = (before[near] ?? 0) - shift - (background[near] ?? 0);
        if (above > warmCelsius + warmStrays * (stray[near] ?? 0) && !rising.has(near)) return true;
      }
    }
    return false;
  }

  function watch(celsius: Float32Array, monotonicMs: number): Rise | undefined {
    sinceCompared += intervalUntil(monotonicMs);
    if (frames > 0 && sinceCompared < comparedSecondsMin) return undefined;
    intervalBefore = interval;
    interval = Math.max(sinceCompared, comparedSecondsMin);
    sinceCompared = 0;
    let rise: Rise | undefined;
    if (frames < warmUpFrames) begin(celsius);
    else {
      const shift = commonShift(celsius, background);
      const found = pass(celsius, shift);
      if (found.rising > 0) rise = judge(celsius, shift, found);
      jumpedBefore = found.jumping - found.rising;
    }
    [before, previous] = [previous, before];
    previous.set(celsius);
    frames++;
    return rise;
  }

  return {
    watch,
    background,
    stray,
    get frames() {
      return frames;
    },
  };
}

/** The mean of a sample of cells against their background, each counted with at most 1 K, so that objects count little. */
function commonShift(celsius: Float32Array, background: Float32Array): number {
  let sum = 0;
  for (let cell = 3; cell < pixels; cell += 7) {
    const above = (celsius[cell] ?? 0) - (background[cell] ?? 0);
    sum += above > 1 ? 1 : above < -1 ? -1 : above;
  }
  return sum / Math.ceil((pixels - 3) / 7);
}
