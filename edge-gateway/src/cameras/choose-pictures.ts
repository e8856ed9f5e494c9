/** One happening before a camera: from the first motion to a quiet while, with the pictures that show the most of it. */

/** Pictures that stand before the first motion is known, and those that one happening keeps. */
const beforeMax = 4;
const keptMax = 24;
const toldMax = 4;
/** Told once so much was seen of it, or when it ends. */
const tellAfterMs = 6_000;
const quietMs = 12_000;
/** What goes on for longer is told again. */
const againMs = 5 * 60_000;
const apartMs = 900;

export type Picture = { bytes: Buffer; atMs: number; telling: number };

export type Happening = {
  firstMs: number;
  lastMs: number;
  /** Every cell in which something moved. */
  cells: Set<number>;
  /** The most telling ones, in the order of their time; at least one. */
  pictures: Picture[];
  /** What the camera itself called it. */
  said: Set<string>;
};

export type HappeningWatch = {
  picture(bytes: Buffer, monotonicMs: number): void;
  /**
   * @param cells in which something moves now
   * @param said what the camera itself says that it sees now. @returns what is to be told now
   */
  look(cells: readonly number[], monotonicMs: number, said?: readonly string[]): Happening | undefined;
  /** Whether something moves, or did a moment ago. */
  readonly isOpen: boolean;
  readonly lastMotionMs: number;
};

/** The most telling pictures that do not show the same moment. */
export function chooseTelling(pictures: readonly Picture[], most: number): Picture[] {
  const chosen: Picture[] = [];
  for (const picture of pictures.toSorted((a, b) => b.telling - a.telling || a.atMs - b.atMs)) {
    if (chosen.length === most) break;
    if (chosen.every(({ atMs }) => Math.abs(atMs - picture.atMs) >= apartMs)) chosen.push(picture);
  }
  return chosen.toSorted((a, b) => a.atMs - b.atMs);
}

export function createHappeningWatch(): HappeningWatch {
  let recent: Picture[] = [];
  let open:
    | (Pick<Happening, "firstMs" | "cells" | "pictures" | "said"> & { toldMs: number | undefined })
    | undefined;
  let [lastMotionMs, telling] = [Number.NEGATIVE_INFINITY, 0];

  function tell(now: number): Happening | undefined {
    if (!open || open.pictures.length === 0) return undefined;
    const { firstMs, cells, pictures, said } = open;
    open.toldMs = now;
    open.pictures = [];
    return { firstMs, lastMs: lastMotionMs, cells, pictures: chooseTelling(pictures, toldMax), said };
  }

  return {
    picture(bytes, atMs) {
      const picture = { bytes, atMs, telling };
      recent = [...recent, picture].slice(-beforeMax);
      if (!open || (open.toldMs !== undefined && atMs - open.toldMs < againMs)) return;
      open.pictures.push(picture);
      if (open.pictures.length <= keptMax) return;
      const least = open.pictures.reduce((a, b) => (b.telling < a.telling ? b : a));
      open.pictures.splice(open.pictures.indexOf(least), 1);
    },
    look(cells, now, said = []) {
      telling = cells.length;
      if (cells.length > 0 || said.length > 0) {
        lastMotionMs = now;
        open ??= {
          firstMs: now,
          cells: new Set(),
          pictures: [...recent],
          said: new Set(),
          toldMs: undefined,
        };
        for (const what of said) open.said.add(what);
        for (const cell of cells) open.cells.add(cell);
        const sinceMs = open.toldMs === undefined ? open.firstMs + tellAfterMs : open.toldMs + againMs;
        return now >= sinceMs ? tell(now) : undefined;
      }
      if (!open || now - lastMotionMs < quietMs) return undefined;
      const told = open.toldMs === undefined ? tell(now) : undefined;
      open = undefined;
      return told;
    },
    get isOpen() {
      return open !== undefined;
    },
    get lastMotionMs() {
      return lastMotionMs;
    },
  };
}
