/**
 * A file that is there to be given up. On a full disk SQLite cannot even delete a row, because a deletion is written
 * before it takes effect; releasing the ballast gives it room to work.
 */
import { randomFillSync } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statfsSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";

const MIB = 1024 * 1024;

export type Ballast = {
  isHeld(): boolean;
  release(): void;
  /** Takes the room again when the disk has it and a quarter more. Never throws. @returns whether it is held */
  hold(): boolean;
};

/** Bytes that this process could still write to the file system of `directory`. */
export function freeBytes(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}

export function openBallast(directory: string, bytes: number): Ballast {
  const path = join(directory, "ballast");
  const partial = `${path}.part`;
  rmSync(partial, { force: true });
  const isHeld = () => statSync(path, { throwIfNoEntry: false })?.size === bytes;

  function fill(): void {
    const file = openSync(partial, "w", 0o600);
    try {
      // Random, because a file system that compresses would keep zeros in no room at all.
      const piece = randomFillSync(Buffer.alloc(MIB));
      for (let written = 0; written < bytes; ) {
        written += writeSync(file, piece, 0, Math.min(piece.length, bytes - written));
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(partial, path);
  }

  return {
    isHeld,
    release() {
      rmSync(path, { force: true });
    },
    hold() {
      if (isHeld()) return true;
      if (freeBytes(directory) < 1.25 * bytes) return false;
      try {
        fill();
      } catch {
        // Somebody else was faster to take the room; it is tried again later.
        rmSync(partial, { force: true });
      }
      return isHeld();
    },
  };
}
