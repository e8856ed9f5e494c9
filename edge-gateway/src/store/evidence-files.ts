/**
 * Evidence on disk by content: `evidence/<aa>/<sha256>`. A file has that name only when its bytes are whole and would
 * survive a power cut: written under another name, synced, renamed, and its folder synced.
 */
import { createHash, randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

export type EvidenceFiles = {
  /** Throws what the file system throws, `ENOSPC` among it, and then leaves nothing behind. @returns sha256 in hex */
  put(bytes: Uint8Array): string;
  /** Undefined when it has been given up. */
  read(sha256: string): Uint8Array<ArrayBuffer> | undefined;
  remove(sha256: string): void;
  /** Removes what `isWanted` does not name: what a crash left between a file and its row. @returns how many */
  sweep(isWanted: (sha256: string) => boolean): number;
};

function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function writeDurably(path: string, bytes: Uint8Array): void {
  const file = openSync(path, "wx", 0o600);
  try {
    for (let written = 0; written < bytes.byteLength; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

export function openEvidenceFiles(directory: string): EvidenceFiles {
  const root = join(directory, "evidence");
  const staged = join(directory, "staged");
  // What an interrupted write left is nobody's.
  rmSync(staged, { recursive: true, force: true });
  for (const folder of [root, staged]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  syncFolder(directory);
  const folderOf = (sha256: string) => join(root, sha256.slice(0, 2));
  const pathOf = (sha256: string) => join(folderOf(sha256), sha256);

  return {
    put(bytes) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      if (existsSync(pathOf(sha256))) {
        syncFolder(folderOf(sha256));
        return sha256;
      }
      const temporary = join(staged, randomUUID());
      try {
        writeDurably(temporary, bytes);
        if (!existsSync(folderOf(sha256))) {
          mkdirSync(folderOf(sha256), { mode: 0o700 });
          syncFolder(root);
        }
        renameSync(temporary, pathOf(sha256));
        syncFolder(folderOf(sha256));
      } catch (error) {
        rmSync(temporary, { force: true });
        throw error;
      }
      return sha256;
    },
    read(sha256) {
      try {
        return new Uint8Array(readFileSync(pathOf(sha256)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    },
    remove(sha256) {
      rmSync(pathOf(sha256), { force: true });
    },
    sweep(isWanted) {
      let removed = 0;
      for (const folder of readdirSync(root)) {
        for (const sha256 of readdirSync(join(root, folder))) {
          if (isWanted(sha256)) continue;
          rmSync(join(root, folder, sha256), { force: true });
          removed += 1;
        }
      }
      return removed;
    },
  };
}
