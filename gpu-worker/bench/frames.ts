/** The frames that the benchmark sends: from a folder, or made from camera photographs. All are 768 x 576 JPEGs. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp, { type OverlayOptions, type Sharp } from "sharp";
import { obtain } from "../src/model/index.ts";
import { randomOf } from "../testing/pictures.ts";
import { samplePhotographs } from "../testing/sample-photographs.ts";

export const frameWidth = 768;
export const frameHeight = 576;
const jpegQuality = 85;

/** Photographs or frames, each at least as large as a frame after scaling. */
export async function readSources(options: { folder?: string; cacheDir: string }): Promise<Buffer[]> {
  const { folder } = options;
  if (folder === undefined) {
    const photographs = Object.values(samplePhotographs);
    return Promise.all(photographs.map(async ({ file }) => readFile(await obtain(file, options))));
  }
  const names = (await readdir(folder)).filter((name) => /\.(jpe?g|png|webp)$/i.test(name)).toSorted();
  if (names.length === 0) throw new Error(`expected JPEG, PNG or WebP frames in ${folder}, found none`);
  return Promise.all(names.map((name) => readFile(join(folder, name))));
}

/** A crop of a source, between 70 % and 100 % of it, scaled to a frame. */
async function cropped(source: Buffer, random: () => number): Promise<Sharp> {
  const { width, height } = await sharp(source).metadata();
  const share = 0.7 + 0.3 * random();
  const size = { width: Math.floor(width * share), height: Math.floor(height * share) };
  const left = Math.floor(random() * (width - size.width));
  const top = Math.floor(random() * (height - size.height));
  const pixels = await sharp(source)
    .extract({ left, top, ...size })
    .resize(frameWidth, frameHeight, { fit: "fill" })
    .removeAlpha()
    .raw()
    .toBuffer();
  return sharp(pixels, { raw: { width: frameWidth, height: frameHeight, channels: 3 } });
}

/** Frames of which none is a look-alike of its neighbours: crops of the sources in turn. */
export async function makeDistinctFrames(sources: readonly Buffer[], count: number): Promise<Buffer[]> {
  const random = randomOf(1);
  const frames: Buffer[] = [];
  while (frames.length < count) {
    const source = sources[frames.length % sources.length];
    if (!source) throw new Error("no frames can be made of no sources");
    frames.push(await (await cropped(source, random)).jpeg({ quality: jpegQuality }).toBuffer());
  }
  return frames;
}

/** One frame in so many shows something new; the others differ by sensor noise and JPEG quality only. */
const stillRun = 10;

/**
 * A fixed camera with little happening: per job one scene, seen again and again with noise of its own, and in every
 * tenth frame something pasted into it.
 */
export async function makeStillFrames(
  sources: readonly Buffer[],
  options: { jobs: number; perJob: number },
): Promise<Buffer[][]> {
  const random = randomOf(2);
  const jobs: Buffer[][] = [];
  for (let job = 0; job < options.jobs; job += 1) {
    const source = sources[job % sources.length];
    const other = sources[(job + 1) % sources.length];
    if (!source || !other) throw new Error("no frames can be made of no sources");
    const scene = await (await cropped(source, random)).raw().toBuffer();
    const frames: Buffer[] = [];
    for (let frame = 0; frame < options.perJob; frame += 1) {
      const isNew = frame > 0 && frame % stillRun === 0;
      frames.push(await stillFrame(scene, isNew ? await patchOf(other, random) : undefined, random));
    }
    jobs.push(frames);
  }
  return jobs;
}

/** A piece of another picture, with its position. */
async function patchOf(source: Buffer, random: () => number) {
  const side = 96 + Math.floor(random() * 96);
  const input = await (await cropped(source, random))
    .extract({ left: Math.floor(random() * 500), top: Math.floor(random() * 300), width: side, height: side })
    .png()
    .toBuffer();
  return { input, left: Math.floor(random() * 500), top: Math.floor(random() * 300) };
}

async function stillFrame(
  scene: Buffer,
  patch: OverlayOptions | undefined,
  random: () => number,
): Promise<Buffer> {
  const noisy = Buffer.from(scene);
  for (let index = 0; index < noisy.length; index += 1) {
    noisy[index] = Math.max(0, Math.min(255, (noisy[index] ?? 0) + Math.round((random() - 0.5) * 6)));
  }
  return sharp(noisy, { raw: { width: frameWidth, height: frameHeight, channels: 3 } })
    .composite(patch ? [patch] : [])
    .jpeg({ quality: jpegQuality + Math.round((random() - 0.5) * 4) })
    .toBuffer();
}
