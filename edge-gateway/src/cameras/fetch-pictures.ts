/** Pictures of a camera that has an address for them: one at a time, or a row that does not end (MJPEG). */
import { randomBytes } from "node:crypto";
import { authorise } from "../access/digest-access.ts";
import type { Address } from "../access/read-address.ts";
import { pictureBytesMax } from "./ffmpeg.ts";
import { createJpegSplitter } from "./split-jpegs.ts";

/** A camera's answer is never followed to somewhere else: it would make the gateway ask whom the camera likes. */
async function ask({ url, credentials }: Address, signal: AbortSignal): Promise<Response> {
  const first = await fetch(url, { signal, redirect: "error" });
  const challenge = first.headers.get("www-authenticate");
  if (first.status !== 401 || challenge === null || !credentials) return checked(first);
  await first.body?.cancel();
  const { pathname, search } = new URL(url);
  const asked = {
    method: "GET",
    path: `${pathname}${search}`,
    count: 1,
    nonce: randomBytes(8).toString("hex"),
  };
  const headers = { authorization: authorise(challenge, credentials, asked) };
  return checked(await fetch(url, { signal, redirect: "error", headers }));
}

async function checked(response: Response): Promise<Response> {
  if (response.ok && response.body) return response;
  await response.body?.cancel();
  const hint = response.status === 401 ? ": the name or the password in its address is wrong" : "";
  throw new Error(`it answered ${response.status}${hint}`);
}

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
