/** What moves in a camera's picture, as of each grey frame: the cells that change, without what always does and the masks. */
import { createCellWatch } from "./cell-changes.ts";
import type { CellMask } from "./cell-mask.ts";
import { cells } from "./grey.ts";
import { createMotionTracks, widen } from "./track-motion.ts";

export type MotionWatch = {
  /** @returns the cells in which something moves */
  look(frame: Uint8Array, monotonicMs: number): number[];
  /** The pictures were interrupted. */
  forget(): void;
  /** The share of the picture in which motion counts for nothing, because it is always there. */
  readonly nuisanceShare: number;
};

export function createMotionWatch(mask: Pick<CellMask, "counts">): MotionWatch {
  const [watch, tracks] = [createCellWatch(), createMotionTracks()];
  let nuisanceShare = 0;
  return {
    look(frame, monotonicMs) {
      const { changed, nuisance, isGlobal } = watch.look(frame, monotonicMs);
      nuisanceShare = nuisance.reduce((sum, is) => sum + is, 0) / cells;
      if (isGlobal) {
        tracks.forget();
        return [];
      }
      const ignored = widen(nuisance);
      const counts = (cell: number) => mask.counts[cell] === 1 && ignored[cell] === 0;
      const { moving, returned } = tracks.follow(changed, counts, monotonicMs);
      for (const touched of returned) watch.distrust(touched);
      return moving.flatMap((one) => one.cells);
    },
    forget: () => tracks.forget(),
    get nuisanceShare() {
      return nuisanceShare;
    },
  };
}
