/** From where a camera's pictures come to grey frames and JPEGs: through ffmpeg alone, or fetched here and decoded by it. */
import { setTimeout as pause } from "node:timers/promises";
import { type Address, readAddress } from "../access/read-address.ts";
import { reasonOf } from "../access/reason-of.ts";
import type { FetchedSource } from "../cameras-config.ts";
import type { Clock } from "../clock.ts";
import { pauseAfter } from "./adaptive-rate.ts";
import { fetchPicture, followPictures } from "./fetch-pictures.ts";
import {
  type Decoded,
  type Decoding,
  decodePictures,
  decodeStream,
  type Ffmpeg,
  rtspInput,
} from "./ffmpeg.ts";

import { usbInput } from "./usb.ts";

const fetchMsMax = 8_000;

export type SourceOptions = {
  findFfmpeg: () => Promise<Ffmpeg>;
  source: FetchedSource;
  clock: Clock;
  /** When something moved last. */
  lastMotionMs: () => number;
};

/** Rejects when there is no ffmpeg, saying what to do. */
export async function openSource(options: SourceOptions, decoded: Decoded): Promise<Decoding> {
  const { onGrey, onPicture } = decoded;
  const ffmpeg = await options.findFfmpeg();
  const source = await resolveSource(options);
  if (source.kind === "stream") return decodeStream(ffmpeg, rtspInput(ffmpeg, source.url), decoded);
  if (source.kind === "usb") return decodeStream(ffmpeg, usbInput(source), decoded);
  const decoder = decodePictures(ffmpeg, onGrey);
  const fetching = new AbortController();
  const take = (jpeg: Buffer) => {
    onPicture(jpeg);
    decoder.decode(jpeg);
  };
  const address = readAddress(source.url);
  const { signal } = fetching;
  const fetched =
    source.kind === "mjpeg" ? followPictures(address, take, signal) : poll(options, address, take, signal);
  const ended = fetched.then(
    () => "the camera has ended its row of pictures",
    (error: unknown) => reasonOf(error),
  );
  return {
    ended: Promise.race([ended, decoder.ended]).finally(() => {
      fetching.abort();
      decoder.kill();
    }),
    kill() {
      fetching.abort();
      decoder.kill();
    },
  };
}

/** An ONVIF camera says itself where its stream is. What speaks with it is loaded where there is one. */
async function resolveSource({ source, clock }: SourceOptions) {
  if (source.kind !== "onvif") return source;
  const { resolve } = await import("../onvif/index.ts");
  return resolve(source, clock);
}

async function poll(
  { clock, lastMotionMs }: SourceOptions,
  address: Address,
  take: (jpeg: Buffer) => void,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const startMs = clock.monotonicMs();
    take(await fetchPicture(address, AbortSignal.any([signal, AbortSignal.timeout(fetchMsMax)])));
    const left = pauseAfter(clock.monotonicMs(), lastMotionMs()) - (clock.monotonicMs() - startMs);
    await pause(Math.max(0, left), undefined, { signal });
  }
}
