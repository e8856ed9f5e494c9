/**
 * Room on a full disk. What is worth least goes first: images of ordinary events, then the ballast, then ordinary events,
 * then images of life-safety events. A life-safety event itself is never given up for another.
 */
import type { Ballast } from "./ballast.ts";
import { isFull } from "./database.ts";
import type { EvidenceFiles } from "./evidence-files.ts";
import type { Image, Items } from "./items.ts";

/** What a write is for decides what may be given up for it. */
export type Purpose = "ordinary-image" | "urgent-image" | "ordinary-event" | "urgent-event" | "bookkeeping";

type Step = "ordinary-images" | "ballast" | "ordinary-events" | "urgent-images";

const steps: Record<Purpose, readonly Step[]> = {
  // The oldest images tell how something began; a new one does not displace them.
  "ordinary-image": [],
  "urgent-image": ["ordinary-images"],
  "ordinary-event": ["ordinary-images"],
  bookkeeping: ["ordinary-images", "ballast"],
  "urgent-event": ["ordinary-images", "ballast", "ordinary-events", "urgent-images"],
};

/** Freed at once, so that the next write does not need to ask again. */
const freedBytesMin = 1024 * 1024;
/** Events that are dropped at once; each is some hundred bytes. */
const droppedAtOnce = 50;

export type Room = {
  /**
   * Runs `attempt`, and again after each thing that was given up for it.
   * Throws the last error when it is not about room, or when nothing is left to give up.
   */
  make<T>(purpose: Purpose, attempt: () => T): T;
  /** Images whose files are gone and whose rows are not yet; a transaction of the caller's writes that down. */
  readonly lost: readonly Image[];
  /** That transaction has committed. */
  forgetLost(): void;
};

type Parts = {
  items: Items;
  files: EvidenceFiles;
  ballast: Ballast;
  /** Drops these events and says so in the ledger, in one transaction. */
  dropEvents: (count: number) => number;
};

export function openRoom({ items, files, ballast, dropEvents }: Parts): Room {
  const start = { itemNumber: 0, position: -1 };
  const cursors = { ordinary: start, urgent: start };
  const removed = new Set<string>();
  let lost: Image[] = [];

  /** Unlinks about a mebibyte of images. SQLite is only read: on a full disk it cannot write yet. */
  function unlinkImages(kind: "ordinary" | "urgent"): boolean {
    let freed = 0;
    while (freed < freedBytesMin) {
      const image = items.images(kind === "urgent", cursors[kind]);
      if (!image) break;
      cursors[kind] = image;
      lost.push(image);
      if (removed.has(image.sha256)) continue;
      files.remove(image.sha256);
      removed.add(image.sha256);
      freed += image.bytes;
    }
    return freed > 0;
  }

  const give: Record<Step, () => boolean> = {
    "ordinary-images": () => unlinkImages("ordinary"),
    "urgent-images": () => unlinkImages("urgent"),
    ballast() {
      const wasHeld = ballast.isHeld();
      ballast.release();
      return wasHeld;
    },
    "ordinary-events"() {
      try {
        return dropEvents(droppedAtOnce) > 0;
      } catch (error) {
        if (isFull(error)) return false;
        throw error;
      }
    },
  };

  return {
    make(purpose, attempt) {
      for (;;) {
        try {
          return attempt();
        } catch (error) {
          if (!isFull(error) || !steps[purpose].some((step) => give[step]())) throw error;
        }
      }
    },
    get lost() {
      return lost;
    },
    forgetLost() {
      lost = [];
      removed.clear();
      cursors.ordinary = start;
      cursors.urgent = start;
    },
  };
}
