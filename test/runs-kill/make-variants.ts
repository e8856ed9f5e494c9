/** Pictures that differ in their bytes and come from few: each a real one, seen a little otherwise. */
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { obtain } from "../../gpu-worker/src/model/index.ts";
import { cacheDir } from "../../gpu-worker/testing/cache-dir.ts";
import { samplePhotographs } from "../../gpu-worker/testing/sample-photographs.ts";

const footage = fileURLToPath(new URL("../../../shared/footage", import.meta.url));
const width = 320;
const atOnce = 4;

/** The sample photographs, and the frames beside the checkout where there are any. */
async function readOriginals(): Promise<Buffer[]> {
  const files = await Promise.all(
    Object.values(samplePhotographs).map(({ file }) => obtain(file, { cacheDir })),
  );
  const frames = existsSync(footage) ? (await readdir(footage)).filter((name) => name.endsWith(".jpg")) : [];
  const paths = [...files, ...frames.toSorted().map((name) => join(footage, name))];
  // Of one width, so that to vary one costs little.
  return Promise.all(
    paths.map(async (path) =>
      sharp(await readFile(path))
        .resize({ width })
        .png()
        .toBuffer(),
    ),
  );
}

/**
 * Writes `count` pictures that are named by their place. The same count gives the same bytes on one machine.
 * @returns how many originals they were made of
 */
export async function makeVariants(folder: string, count: number): Promise<number> {
  const originals = await readOriginals();
  const numbers = Array.from({ length: count }, (_, no) => no).values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const no of numbers) {
        const body = await vary(
          originals[no % originals.length] as Buffer,
          Math.floor(no / originals.length),
        );
        await writeFile(join(folder, `${String(no).padStart(6, "0")}.jpg`), body);
      }
    }),
  );
  return originals.length;
}

/** Brighter, cut, turned over and pressed by a measure of its own for each number. */
async function vary(original: Buffer, no: number): Promise<Buffer> {
  const cut = Math.floor(no / 2) % 12;
  const image = sharp(original).extract({ left: cut, top: 0, width: width - 12, height: 160 });
  const turned = no % 2 === 0 ? image : image.flop();
  return turned
    .modulate({ brightness: 0.8 + (Math.floor(no / 24) % 40) * 0.01 })
    .jpeg({ quality: 70 + (Math.floor(no / 960) % 25) })
    .toBuffer();
}
