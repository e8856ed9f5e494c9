/**
 * Which cells of a grey frame differ from what usually is there. Each cell learns how much it strays anyway (noise, rain)
 * and how often it changes at all (a tree, a spider web before the lens): a cell that changes often says nothing. A change of
 * the whole picture at once (a light switch, the infrared filter, lightning) is no motion, and starts the picture anew.
 */
import { cellColumns, cellSide, cells, greyBytes, greyWidth } from "./grey.ts";

/** Grey levels that a cell must differ by at least, and by how many of its usual strays beyond its usual difference. */
const differenceMin = 7;
const strays = 6;
/** A share of the cells that changes at once is the picture, and for how long it then settles. */
const globalShare = 0.45;
const settleMs = 1_500;
/** A camera that has just begun: what is usual is not known yet. */
const firstMs = 10_000;
/** What stands still for so long belongs to the picture: a parked car. */
const stillMs = 8_000;
/** The share of the time that a cell may change, and how often it may begin to, within these seconds; calm is far below. */
const busyShare = { seconds: 120, nuisance: 0.12, calm: 0.04 };
const onsetsMost = { seconds: 300, nuisance: 12, calm: 4 };
/** Calm for so long before another change is another beginning. */
const onsetMs = 1_000;
const distrusted = 5;
/** So many cells change on the average of these seconds: it rains or snows, and what is gone at the next frame is a drop. */
const restless = { seconds: 20, share: 0.02 };
const backgroundSeconds = 8;

export type CellChanges = {
  /** 1 where a cell changes now; while it rains, where it has changed for two frames. */
  changed: Uint8Array;
  /** 1 where a cell changes so often that it counts for nothing. */
  nuisance: Uint8Array;
  /** The whole picture has changed at once, or is settling after it. */
  isGlobal: boolean;
};

export type CellWatch = {
  look(frame: Uint8Array, monotonicMs: number): CellChanges;
  /** What moved in these cells went to and fro: they are learned the sooner. */
  distrust(cells: Iterable<number>): void;
};

export function createCellWatch(): CellWatch {
  const background = createBackground();
  const { signed, difference, step } = background;
  const [usual, stray] = [new Float32Array(cells).fill(2), new Float32Array(cells).fill(1)];
  const [busy, onsets] = [new Float32Array(cells), new Float32Array(cells)];
  const [movedMs, changedMs] = [new Float64Array(cells), new Float64Array(cells)];
  const [changed, nuisance] = [new Uint8Array(cells), new Uint8Array(cells)];
  const lasting = new Uint8Array(cells);
  let [lastMs, settledMs, shift, unrest] = [Number.NaN, 0, 0, 0];

  function begin(frame: Uint8Array, now: number): void {
    background.set(frame);
    changed.fill(0);
    lasting.fill(0);
    movedMs.fill(now);
    shift = 0;
    settledMs = Math.max(settledMs, now + settleMs);
  }

  function judge(cell: number, seconds: number, now: number): boolean {
    const off = difference[cell] ?? 0;
    const [mean, spread] = [usual[cell] ?? 0, stray[cell] ?? 0];
    const isChanged = off > Math.max(differenceMin, mean + strays * spread);
    // Learned fast while it is calm, and slowly from what stands out.
    const rate = Math.min(1, seconds / (isChanged ? 30 : 6));
    usual[cell] = mean + rate * (off - mean);
    stray[cell] = Math.max(0.3, spread + rate * (Math.abs(off - mean) - spread));
    const lasts = isChanged && changed[cell] === 1;
    lasting[cell] = lasts ? 1 : 0;
    count(cell, lasts, seconds, now);
    if ((step[cell] ?? 0) > Math.max(differenceMin / 2, mean)) movedMs[cell] = now;
    return isChanged;
  }

  function count(cell: number, lasts: boolean, seconds: number, now: number): void {
    const forgotten = seconds / busyShare.seconds;
    const often = (busy[cell] ?? 0) * (1 - forgotten) + (lasts ? forgotten : 0);
    const begins = lasts && now - (changedMs[cell] ?? 0) > onsetMs;
    const begun = (onsets[cell] ?? 0) * (1 - seconds / onsetsMost.seconds) + (begins ? 1 : 0);
    if (lasts) changedMs[cell] = now;
    [busy[cell], onsets[cell]] = [often, begun];
    if (often > busyShare.nuisance || begun > onsetsMost.nuisance) nuisance[cell] = 1;
    else if (often < busyShare.calm && begun < onsetsMost.calm) nuisance[cell] = 0;
  }

  return {
    look(frame, now) {
      const seconds = Math.min(2, (now - lastMs) / 1_000);
      lastMs = now;
      if (!(seconds >= 0)) {
        settledMs = now + firstMs;
        begin(frame, now);
      } else {
        background.measure(frame, shift);
        let many = 0;
        for (let cell = 0; cell < cells; cell++) {
          changed[cell] = judge(cell, seconds, now) ? 1 : 0;
          many += changed[cell] ?? 0;
        }
        shift += medianOf(signed);
        unrest += Math.min(1, seconds / restless.seconds) * (many / cells - unrest);
        if (many > globalShare * cells) begin(frame, now);
        else {
          background.learn(frame, (cell) => {
            const isStill = now - (movedMs[cell] ?? 0) > stillMs;
            const slowness = changed[cell] === 0 || isStill ? backgroundSeconds : 20 * backgroundSeconds;
            return Math.min(1, seconds / slowness);
          });
        }
      }
      const told = unrest > restless.share ? lasting : changed;
      return { changed: told, nuisance, isGlobal: now < settledMs };
    },
    distrust(touched) {
      for (const cell of touched) onsets[cell] = (onsets[cell] ?? 0) + distrusted;
    },
  };
}

/** The picture as it usually is, pixel by pixel, and how a frame differs from it, cell by cell. */
function createBackground() {
  const background = new Float32Array(greyBytes);
  const before = new Uint8Array(greyBytes);
  const [signed, difference, step] = [
    new Float32Array(cells),
    new Float32Array(cells),
    new Float32Array(cells),
  ];

  /**
   * Of each cell the mean of its differences, of their amounts, and of its change since the last frame. The whole picture
   * grows lighter and darker slowly: by how much it had at the last frame does for this one.
   */
  function measure(frame: Uint8Array, shift: number): void {
    for (let cell = 0; cell < cells; cell++) {
      let [sum, amount, way] = [0, 0, 0];
      const corner = cornerOf(cell);
      for (let row = corner; row < corner + cellSide * greyWidth; row += greyWidth) {
        for (let pixel = row; pixel < row + cellSide; pixel++) {
          const value = frame[pixel] ?? 0;
          const off = value - (background[pixel] ?? 0) - shift;
          sum += off;
          amount += Math.abs(off);
          way += Math.abs(value - (before[pixel] ?? 0));
        }
      }
      signed[cell] = sum / perCell;
      difference[cell] = amount / perCell;
      step[cell] = way / perCell;
    }
  }

  function learn(frame: Uint8Array, shareOf: (cell: number) => number): void {
    for (let cell = 0; cell < cells; cell++) {
      const share = shareOf(cell);
      const corner = cornerOf(cell);
      for (let row = corner; row < corner + cellSide * greyWidth; row += greyWidth) {
        for (let pixel = row; pixel < row + cellSide; pixel++) {
          const old = background[pixel] ?? 0;
          background[pixel] = old + share * ((frame[pixel] ?? 0) - old);
        }
      }
    }
    before.set(frame);
  }

  return {
    signed,
    difference,
    step,
    measure,
    /** Takes a share of the frame, for each cell. */
    learn,
    set(frame: Uint8Array): void {
      background.set(frame);
      before.set(frame);
    },
  };
}

const perCell = cellSide * cellSide;

/** The first pixel of a cell. */
const cornerOf = (cell: number) =>
  Math.floor(cell / cellColumns) * cellSide * greyWidth + (cell % cellColumns) * cellSide;

function medianOf(values: Float32Array): number {
  return values.toSorted()[values.length >> 1] ?? 0;
}
