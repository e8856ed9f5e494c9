/**
 * Frames to calibrate with and frames to hold out, from the operator's folder or from sample photographs.
 *
 * Pixels come from the worker's own decoder, so that calibration sees exactly what inference will see.
 */
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { sniff } from "@vigil/core/evidence/read-head";
import { evidence } from "@vigil/core/limits";
import sharp from "sharp";
import { type ObtainOptions, obtain, type PhotographName, photograph } from "../../model/index.ts";
import { sha256 } from "../../model/onnx/manifest.ts";
import { type CanvasOptions, decode, type Picture } from "../../pipe/decode/index.ts";

/** One encoded image (JPEG, PNG or WebP). */
export type Photograph = Uint8Array;

/** `isDefault`: no footage of the operator, but photographs from npm. */
export type FrameSets = { calibration: Photograph[]; heldOut: Photograph[]; isDefault: boolean };

/** More frames only cost time: ranges settle long before. */
const calibrationFramesMax = 100;
const heldOutFramesMax = 200;

/**
 * Without a folder of its own, the last third (by name, which is by time for cameras) is held out: neighbouring
 * frames of a fixed camera are too alike to prove anything about each other.
 */
export async function readFrames(folder: string, heldOutFolder?: string): Promise<FrameSets> {
  const all = await listImages(folder);
  const border = heldOutFolder === undefined ? Math.ceil((all.length * 2) / 3) : all.length;
  const heldOut = heldOutFolder === undefined ? all.slice(border) : await listImages(heldOutFolder);
  return {
    calibration: await readAll(spread(all.slice(0, border), calibrationFramesMax)),
    heldOut: await readAll(spread(heldOut, heldOutFramesMax)),
    isDefault: false,
  };
}

const samples = [
  "truck-in-lane",
  "empty-garden",
  "living-room",
  "town-square",
  "night-street",
  "dog-on-lawn",
  "man-in-lane",
  "car-park",
] as const satisfies readonly PhotographName[];

/** The last two photographs, of which one shows a full car park, are held out. */
export async function samplePhotographs(options: ObtainOptions): Promise<FrameSets> {
  const read: Photograph[] = [];
  for (const name of samples) read.push(await readFile(await obtain(photograph(name).file, options)));
  const vary = async (images: Photograph[]) => (await Promise.all(images.map(variants))).flat();
  return { calibration: await vary(read.slice(0, -2)), heldOut: await vary(read.slice(-2)), isDefault: true };
}

/** Each image as a model of this shape sees it, one at a time. */
export async function* picturesOf(
  images: readonly Photograph[],
  shape: CanvasOptions,
): AsyncGenerator<Picture> {
  for (const image of images) {
    const contentType = sniff(image) ?? "image/jpeg";
    yield decode(image, { ...shape, contentType, pixelsMax: evidence.pixelsMax });
  }
}

export function hashesOf(images: readonly Photograph[]): string[] {
  return images.map(sha256);
}

async function listImages(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) =>
    [".jpg", ".jpeg", ".png", ".webp"].includes(extname(name).toLowerCase()),
  );
  if (names.length === 0) throw new Error(`expected JPEG, PNG or WebP images in ${folder}, got none`);
  return names
    .toSorted((one, other) => one.localeCompare(other, "en", { numeric: true }))
    .map((name) => join(folder, name));
}

async function readAll(paths: readonly string[]): Promise<Photograph[]> {
  return Promise.all(paths.map((path) => readFile(path)));
}

/** At most `most` of the items, evenly spread. */
export function spread<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)] as Item);
}

/** Parts of a photograph: where they begin, and how large they are, as shares of its width and height. */
const crops = [
  { at: [0, 0], size: 1 },
  { at: [0.15, 0.15], size: 0.7 },
  { at: [0, 0], size: 0.8 },
  { at: [0.2, 0], size: 0.8 },
  { at: [0, 0.2], size: 0.8 },
  { at: [0.2, 0.2], size: 0.8 },
] as const;

/** The photograph and parts of it, each also mirrored: other scales and positions of the same real pixels. */
async function variants(image: Photograph): Promise<Photograph[]> {
  const { width, height } = (await sharp(image).metadata()).autoOrient;
  const found: Photograph[] = [];
  for (const { at, size } of crops) {
    const part = {
      left: Math.round(width * at[0]),
      top: Math.round(height * at[1]),
      width: Math.floor(width * size),
      height: Math.floor(height * size),
    };
    const cut = () => sharp(image).autoOrient().extract(part);
    found.push(await cut().png().toBuffer(), await cut().flop().png().toBuffer());
  }
  return found;
}
