/**
 * A file without a name that this process and one decoding process hold open, through which pictures and pixels pass:
 * one copy in and one out, at the speed of memory. It lies in memory where the system has such a place, and is gone with its holders.
 */
import { randomBytes } from "node:crypto";
import { closeSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evidence } from "@vigil/core/limits";
import { canvasBytesMax, type DecodedImage } from "./decode-image.ts";
import type { ImageInFile } from "./messages.ts";

export type PixelsFile = {
  descriptor: number;
  /** Writes a picture for the process. */
  write(bytes: Uint8Array): void;
  /** Reads the image that the process has written. `memory` takes the pixels, from its beginning on. */
  read(image: ImageInFile, memory: SharedArrayBuffer): DecodedImage;
  close(): void;
};

/** @param inputSize the longest side of a canvas. Throws when no folder takes as much. */
export function openPixelsFile(inputSize: number, folders = ["/dev/shm", tmpdir()]): PixelsFile {
  const descriptor = openAnywhere(folders, bytesMax(inputSize));
  return {
    descriptor,
    write: (bytes) => void writeSync(descriptor, bytes, 0, bytes.byteLength, 0),
    read({ fingerprint: { columns, rows, hash }, ...image }, memory) {
      const pixels = new Uint8Array(memory, 0, image.canvas.width * image.canvas.height * 3);
      const cells = new Uint8Array(columns * rows);
      const quarters = new Uint8Array(4 * columns * rows);
      let at = 0;
      for (const part of [pixels, cells, quarters]) {
        const bytes = readSync(descriptor, part, 0, part.byteLength, at);
        if (bytes !== part.byteLength) {
          throw new Error(`expected ${part.byteLength} bytes of pixels, got ${bytes}`);
        }
        at += bytes;
      }
      return { ...image, pixels, fingerprint: { columns, rows, cells, quarters, hash } };
    },
    close: () => closeSync(descriptor),
  };
}

/** In the decoding process: the picture that was written for it. */
export function readPicture(descriptor: number, bytes: number): Uint8Array {
  const picture = Buffer.allocUnsafeSlow(bytes);
  readSync(descriptor, picture, 0, bytes, 0);
  return picture;
}

/** In the decoding process. */
export function writePixels(
  descriptor: number,
  { pixels, fingerprint, ...image }: DecodedImage,
): ImageInFile {
  const { cells, quarters, ...rest } = fingerprint;
  let at = 0;
  for (const part of [pixels, cells, quarters]) at += writeSync(descriptor, part, 0, part.byteLength, at);
  return { ...image, fingerprint: rest };
}

/** The picture first, what became of it then. A cell stands for 16 pixels, and has four quarters. */
function bytesMax(inputSize: number): number {
  return Math.max(evidence.bytesMax, Math.ceil(canvasBytesMax(inputSize) * (1 + (1 + 4) / (16 * 3))));
}

function openAnywhere(folders: readonly string[], bytes: number): number {
  const faults: string[] = [];
  for (const folder of folders) {
    const path = join(folder, `vigil-pixels-${randomBytes(8).toString("hex")}`);
    let descriptor: number | undefined;
    try {
      descriptor = openSync(path, "wx+", 0o600);
      unlinkSync(path);
      // Its room is taken now, so that it cannot be missing later.
      writeSync(descriptor, new Uint8Array(bytes), 0, bytes, 0);
      return descriptor;
    } catch (error) {
      if (descriptor !== undefined) closeSync(descriptor);
      faults.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(`expected a folder that takes ${bytes} bytes for pixels: ${faults.join("; ")}`);
}
