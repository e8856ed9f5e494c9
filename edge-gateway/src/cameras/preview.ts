/** The first picture of a camera that is not there yet, by the same way by which its pictures would come. */
import { openSource, type SourceOptions } from "./open-source.ts";

const msMax = 15_000;

export type Preview = { picture: Buffer };

/** Rejects with words for the person when none comes. */
export async function preview(options: Omit<SourceOptions, "lastMotionMs">): Promise<Preview> {
  const seen = Promise.withResolvers<Buffer>();
  const decoding = await openSource(
    { ...options, lastMotionMs: () => Number.NEGATIVE_INFINITY },
    { onGrey: () => {}, onPicture: (picture) => seen.resolve(picture) },
  );
  const late = AbortSignal.timeout(msMax);
  late.addEventListener(
    "abort",
    () => seen.reject(new Error(`it gave no picture within ${msMax / 1_000} s`)),
    {
      once: true,
    },
  );
  try {
    const ended = decoding.ended.then((why) => Promise.reject(new Error(why)));
    return { picture: await Promise.race([seen.promise, ended]) };
  } finally {
    // Both may come to reject when nobody waits any more.
    seen.promise.catch(() => undefined);
    decoding.ended.catch(() => undefined);
    decoding.kill();
  }
}
