/** The photographs of the sample feed. */
import { readFile } from "node:fs/promises";
import { obtain, type PhotographName, photograph } from "../../gpu-worker/src/model/index.ts";

export const photographNames = [
  "man-in-lane",
  "truck-in-lane",
  "car-park",
  "empty-garden",
  "living-room",
  "night-street",
  "dog-on-lawn",
] as const satisfies readonly PhotographName[];
export type FeedPhotograph = (typeof photographNames)[number];

export async function readPhotograph(name: FeedPhotograph, options: { cacheDir: string }): Promise<Buffer> {
  return readFile(await obtain(photograph(name).file, options));
}
