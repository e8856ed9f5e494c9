/** Something that moves: neighbouring cells that change, and travel from one frame to the next. Rain and leaves do not. */
import { cellColumns, cellRows, cells } from "./grey.ts";

export type Blob = { cells: number[]; x: number; y: number };

/** Something was followed for so long over so many frames, and came so far in cells, straight enough. */
const followedMs = 800;
const framesMin = 5;
const travelCells = 1.8;
const straightness = 0.5;
/** Or it is large, and has stayed for so long. */
const largeCells = 10;
const largeMs = 3_000;
const lostMs = 1_200;
const reachCells = 3;
const blobCellsMin = 2;
const tracksMax = 32;

type Track = {
  firstMs: number;
  lastMs: number;
  frames: number;
  from: { x: number; y: number };
  at: Blob;
  path: number;
  largeSinceMs: number;
  isMotion: boolean;
  touched: Set<number>;
  /** How far it was from where it began. */
  farthest: number;
};

export type Moving = { cells: number[] };

export type MotionTracks = {
  /** What is known to move, as of this frame; and the cells in which something came back to where it had been. */
  follow(
    changed: Uint8Array,
    counts: (cell: number) => boolean,
    monotonicMs: number,
  ): { moving: Moving[]; returned: Set<number>[] };
  /** Forgets everything: the picture is another one. */
  forget(): void;
};

/** What counts for nothing spreads by a cell: what sways there reaches a little further in the next gust. */
export function widen(marked: Uint8Array): Uint8Array {
  const wide = Uint8Array.from(marked);
  marked.forEach((is, cell) => {
    if (is) for (const near of neighboursOf(cell)) wide[near] = 1;
  });
  return wide;
}

function findBlobs(changed: Uint8Array, counts: (cell: number) => boolean): Blob[] {
  const seen = new Uint8Array(cells);
  const blobs: Blob[] = [];
  for (let start = 0; start < cells; start++) {
    if (seen[start] || !changed[start] || !counts(start)) continue;
    const own: number[] = [start];
    seen[start] = 1;
    for (let index = 0; index < own.length; index++) {
      for (const next of neighboursOf(own[index] ?? 0)) {
        if (seen[next] || !changed[next] || !counts(next)) continue;
        seen[next] = 1;
        own.push(next);
      }
    }
    if (own.length < blobCellsMin) continue;
    const sum = own.reduce((all, cell) => ({ x: all.x + columnOf(cell), y: all.y + rowOf(cell) }), {
      x: 0,
      y: 0,
    });
    blobs.push({ cells: own, x: sum.x / own.length, y: sum.y / own.length });
  }
  return blobs.toSorted((a, b) => b.cells.length - a.cells.length);
}

export function createMotionTracks(): MotionTracks {
  let tracks: Track[] = [];

  function nearest(blob: Blob, taken: ReadonlySet<Track>): Track | undefined {
    let best: Track | undefined;
    let bestDistance = reachCells;
    for (const track of tracks) {
      const distance = Math.hypot(track.at.x - blob.x, track.at.y - blob.y);
      if (taken.has(track) || distance > bestDistance) continue;
      [best, bestDistance] = [track, distance];
    }
    return best;
  }

  function isMotion(track: Track, now: number): boolean {
    const travel = travelOf(track);
    const isFollowed = now - track.firstMs >= followedMs && track.frames >= framesMin;
    const travels = travel >= travelCells && travel >= straightness * track.path;
    return isFollowed && (travels || now - track.largeSinceMs >= largeMs);
  }

  function extend(track: Track, blob: Blob, now: number): void {
    track.path += Math.hypot(track.at.x - blob.x, track.at.y - blob.y);
    track.at = blob;
    for (const cell of blob.cells) track.touched.add(cell);
    track.farthest = Math.max(track.farthest, travelOf(track));
    track.lastMs = now;
    track.frames++;
    if (blob.cells.length < largeCells) track.largeSinceMs = Number.POSITIVE_INFINITY;
    else track.largeSinceMs = Math.min(track.largeSinceMs, now);
    track.isMotion ||= isMotion(track, now);
  }

  /** A web in the wind swings back to where it was; whoever walks by does not. */
  function returns(track: Track): boolean {
    if (track.farthest < travelCells || travelOf(track) > track.farthest / 3) return false;
    track.farthest = 0;
    return true;
  }

  return {
    follow(changed, counts, now) {
      tracks = tracks.filter(({ lastMs }) => now - lastMs <= lostMs);
      const taken = new Set<Track>();
      for (const blob of findBlobs(changed, counts)) {
        const known = nearest(blob, taken);
        if (known) {
          extend(known, blob, now);
          taken.add(known);
        } else if (tracks.length < tracksMax) {
          const { x, y } = blob;
          const begun = {
            firstMs: now,
            lastMs: now,
            frames: 1,
            from: { x, y },
            at: blob,
            path: 0,
            farthest: 0,
          };
          const touched = new Set(blob.cells);
          const track = { ...begun, touched, largeSinceMs: Number.POSITIVE_INFINITY, isMotion: false };
          tracks.push(track);
          taken.add(track);
        }
      }
      const current = tracks.filter(({ lastMs }) => lastMs === now);
      return {
        moving: current.filter((track) => track.isMotion).map(({ at }) => ({ cells: at.cells })),
        returned: current.filter((track) => track.isMotion && returns(track)).map(({ touched }) => touched),
      };
    },
    forget() {
      tracks = [];
    },
  };
}

const travelOf = ({ at, from }: Track) => Math.hypot(at.x - from.x, at.y - from.y);

const columnOf = (cell: number) => cell % cellColumns;
const rowOf = (cell: number) => Math.floor(cell / cellColumns);

const neighbours = Array.from({ length: cells }, (_, cell) => {
  const near: number[] = [];
  for (const [dx, dy] of [
    [-1, -1],
    [0, -1],
    [1, -1],
    [-1, 0],
    [1, 0],
    [-1, 1],
    [0, 1],
    [1, 1],
  ] as const) {
    const [x, y] = [columnOf(cell) + dx, rowOf(cell) + dy];
    if (x >= 0 && x < cellColumns && y >= 0 && y < cellRows) near.push(y * cellColumns + x);
  }
  return near;
});
const neighboursOf = (cell: number) => neighbours[cell] ?? [];
