/** The sample photographs, as pictures that a device sends. */
import { readFile } from "node:fs/promises";
import { obtain } from "../../gpu-worker/src/model/index.ts";
import { cacheDir } from "../../gpu-worker/testing/cache-dir.ts";
import { samplePhotographs } from "../../gpu-worker/testing/sample-photographs.ts";
import type { Picture } from "./subscriber.ts";

export async function photograph(name: keyof typeof samplePhotographs): Promise<Picture> {
  return {
    name: `${name}.jpg`,
    bytes: await readFile(await obtain(samplePhotographs[name].file, { cacheDir })),
  };
}
