/** What a detector sees in pictures, one after the other, as the worker sets it up. */
import type { Detection } from "@vigil/core/digest/wire";
import { evidence, review } from "@vigil/core/limits";
import { systemClock } from "@vigil/core/platform/clock";
import { load } from "../src/model/index.ts";
import { prepareOnce } from "../src/model/prepare-once.ts";
import { decode } from "../src/pipe/decode/index.ts";
import { createDetector } from "../src/pipe/infer/index.ts";

export type Look = { detections: Detection[]; ms: number };

export type Looker = {
  name: string;
  licence: string;
  look: (picture: Buffer) => Promise<Look>;
  close: () => Promise<void>;
};

/** One session of one thread; `ms` is inference and what it makes of it, without decoding. */
export async function createLooker(name: string, cacheDir: string): Promise<Looker> {
  const found = await load(name, { cacheDir });
  const model = await prepareOnce(found, { cacheDir, clock: systemClock, onLog: () => {} });
  const detector = await createDetector({ model, provider: "cpu", lanes: 1, threads: 1, ...review });
  return {
    name,
    licence: model.licence,
    look: async (picture) => {
      const shape = { ...model, contentType: "image/jpeg" as const, pixelsMax: evidence.pixelsMax };
      const decoded = await decode(picture, shape);
      const before = performance.now();
      const [answer] = await detector.detect([decoded]);
      const ms = performance.now() - before;
      if (!answer || "error" in answer) throw new Error(`${name} failed on a picture`);
      return { detections: answer.detections, ms };
    },
    close: () => detector.close(),
  };
}

/** What one detector sees in each picture. */
export async function detectEach(
  pictures: readonly Buffer[],
  name: string,
  cacheDir: string,
): Promise<Detection[][]> {
  const looker = await createLooker(name, cacheDir);
  const found: Detection[][] = [];
  try {
    for (const picture of pictures) found.push((await looker.look(picture)).detections);
    return found;
  } finally {
    await looker.close();
  }
}
