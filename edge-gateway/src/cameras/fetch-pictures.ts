/** Pictures of a camera that has an address for them: one at a time, or a row that does not end (MJPEG). */
import { ask } from "../access/ask.ts";
import type { Address } from "../access/read-address.ts";
import { pictureBytesMax } from "./ffmpeg.ts";
import { createJpegSplitter } from "./split-jpegs.ts";

/** Calls `onPicture` for each picture until the camera ends; rejects when it cannot be had. */
export async function followPictures(
  address: Address,
  onPicture: (jpeg: Buffer) => void,
  signal: AbortSignal,
): Promise<void> {
  const response = await ask(address, signal);
  const splitter = createJpegSplitter(pictureBytesMax);
  for await (const piece of response.body ?? []) {
    for (const picture of splitter.take(Buffer.from(piece))) onPicture(picture);
  }
}

/** One picture; rejects when what came is none. */
export async function fetchPicture(address: Address, signal: AbortSignal): Promise<Buffer> {
  let found: Buffer | undefined;
  let bytes = 0;
  const response = await ask(address, signal);
  const splitter = createJpegSplitter(pictureBytesMax);
  for await (const piece of response.body ?? []) {
    bytes += piece.byteLength;
    found ??= splitter.take(Buffer.from(piece))[0];
    if (found || bytes > pictureBytesMax) break;
  }
  if (!found) throw new Error(`what it answered is no JPEG of at most ${pictureBytesMax} bytes`);
  return found;
}
