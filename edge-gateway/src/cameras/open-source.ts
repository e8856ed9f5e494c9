/** From where a camera's pictures come to grey frames and JPEGs: through ffmpeg alone, or fetched here and decoded by it. */
import { setTimeout as pause } from "node:timers/promises";
import type { FetchedSource } from "../cameras-config.ts";
import { pauseAfter } from "./adaptive-rate.ts";
import { fetchPicture, followPictures, type PictureAddress, readAddress } from "./fetch-pictures.ts";
import { type Decoded, type Decoding, decodePictures, decodeStream, type Ffmpeg } from "./ffmpeg.ts";

const fetchMsMax = 8_000;

export type SourceOptions = {
  findFfmpeg: () => Promise<Ffmpeg>;
  source: FetchedSource;
  monotonicMs: () => number;
  /** When something moved last. */
  lastMotionMs: () => number;
};

/** Rejects when there is no ffmpeg, saying what to do. */
export async function openSource(options: SourceOptions, decoded: Decoded): Promise<Decoding> {
  const { onGrey, onPicture } = decoded;
  const { source } = options;
  const ffmpeg = await options.findFfmpeg();
  if (source.kind === "stream") return decodeStream(ffmpeg, source.url, decoded);
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

async function poll(
  { monotonicMs, lastMotionMs }: SourceOptions,
  address: PictureAddress,
  take: (jpeg: Buffer) => void,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const startMs = monotonicMs();
    take(await fetchPicture(address, AbortSignal.any([signal, AbortSignal.timeout(fetchMsMax)])));
    const left = pauseAfter(monotonicMs(), lastMotionMs()) - (monotonicMs() - startMs);
    await pause(Math.max(0, left), undefined, { signal });
  }
}

/** `fetch` says "fetch failed", and why only in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
}
