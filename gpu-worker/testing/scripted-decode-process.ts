/**
 * A decoding process without a decoder, for tests of what stands before it: the last byte of a picture says what becomes
 * of it. 1 ends the process, 2 keeps it for ever, 3 keeps it for a while; others come back as the first of the pixels.
 */
import { setTimeout as pause } from "node:timers/promises";
import {
  type FromDecodeProcess,
  pixelsDescriptor,
  type ToDecodeProcess,
} from "../src/pipe/decode/messages.ts";
import { readPicture, writePixels } from "../src/pipe/decode/pixels-file.ts";

export const scriptedEnd = 1;
export const scriptedHang = 2;
export const scriptedPause = 3;
export const scriptedPauseMs = 400;

const nothing = { columns: 0, rows: 0, cells: new Uint8Array(0), quarters: new Uint8Array(0) };

async function answer({ id, bytes }: ToDecodeProcess): Promise<FromDecodeProcess> {
  const last = readPicture(pixelsDescriptor, bytes).at(-1) ?? 0;
  if (last === scriptedPause) await pause(scriptedPauseMs);
  if (last === scriptedEnd) process.exit(9);
  if (last === scriptedHang) for (;;);
  const image = writePixels(pixelsDescriptor, {
    pixels: Uint8Array.of(last, 0, 0),
    canvas: { width: 1, height: 1 },
    width: 1,
    height: 1,
    letterbox: { scale: 1, padX: 0, padY: 0 },
    flaws: [],
    statistics: { monochrome: true, brightness: 0, overexposed: 0, sharpness: 0, bands: Array(8).fill(null) },
    fingerprint: { ...nothing, hash: [0, 0] },
  });
  return { kind: "decoded", id, cpuMs: 1, image };
}

// Also read by tests, for its constants.
if (process.send) {
  process.on("message", (asked: ToDecodeProcess) => {
    void answer(asked).then((said) => process.send?.(said));
  });
  process.on("disconnect", () => process.exit());
  process.send({ kind: "ready" } satisfies FromDecodeProcess);
}
