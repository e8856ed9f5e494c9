/**
 * What a camera brings of itself, as happenings: the pictures of the first seconds are one event, and what follows without a
 * pause is the same. A camera that goes on is told again after a while; one that floods is looked at a few times a second.
 */
import { chooseTelling, type Picture } from "./choose-pictures.ts";

/** A burst of pictures comes within so much. */
const gatherMs = 3_000;
/** As with what the gateway sees itself. */
const quietMs = 12_000;
const againMs = 5 * 60_000;
const toldMax = 4;
const keptMax = 16;

export type Gathering = {
  /** @param pictures none: something happened, says the camera */
  take(pictures: readonly Buffer[], monotonicMs: number): void;
  /** To be asked every second or so. @returns what is to be told now */
  due(monotonicMs: number): { firstMs: number; pictures: Buffer[] } | undefined;
  readonly isOpen: boolean;
};

export function createGathering(): Gathering {
  let open: { firstMs: number; lastMs: number; pictures: Picture[]; isTold: boolean } | undefined;
  return {
    take(pictures, now) {
      if (open && now - open.lastMs >= quietMs) open = undefined;
      if (open?.isTold && now - open.firstMs >= againMs) open = undefined;
      open ??= { firstMs: now, lastMs: now, pictures: [], isTold: false };
      open.lastMs = now;
      if (open.isTold) return;
      const room = keptMax - open.pictures.length;
      // The camera has chosen: each tells as much as the others.
      open.pictures.push(...pictures.slice(0, room).map((bytes) => ({ bytes, atMs: now, telling: 0 })));
    },
    due(now) {
      if (!open || open.isTold || now - open.firstMs < gatherMs) return undefined;
      open.isTold = true;
      const { firstMs, pictures } = open;
      open.pictures = [];
      const apart = chooseTelling(pictures, toldMax);
      return {
        firstMs,
        pictures: (apart.length > 1 ? apart : pictures.slice(0, toldMax)).map(({ bytes }) => bytes),
      };
    },
    get isOpen() {
      return open !== undefined && !open.isTold;
    },
  };
}
