/**
 * A week of one camera in real pixels: frames of a street as they were filmed while people pass, the same street with nobody in it
 * (the median of all frames), and vehicles of other cameras' photographs that stand there for days. By night without colours,
 * dark and noisy, by day under changing light, each picture compressed anew.
 */
import { readFile } from "node:fs/promises";
import sharp, { type OverlayOptions } from "sharp";
import { obtain, type PhotographName, photograph } from "../../gpu-worker/src/model/index.ts";

export type Random = () => number;

/** Who stands where: a rectangle of a photograph, and where its middle, its feet and how wide, as shares. */
type Vehicle = { from: PhotographName; cut: readonly number[]; x: number; feet: number; wide: number };

export const vehicles = {
  car: { from: "car-park", cut: [0.335, 0.445, 0.345, 0.255], x: 0.36, feet: 0.86, wide: 0.3 },
  pickup: { from: "truck-in-lane", cut: [0.42, 0.26, 0.57, 0.72], x: 0.84, feet: 0.99, wide: 0.3 },
} as const satisfies Record<string, Vehicle>;
export type VehicleName = keyof typeof vehicles;

type Frame = { pixels: Buffer; width: number; height: number };

export type Film = {
  frames: number;
  /** A JPEG. `frame`: of those in which people pass; undefined: nobody is there. */
  shoot: (asked: {
    frame: number | undefined;
    standing: readonly VehicleName[];
    isNight: boolean;
    random: Random;
  }) => Promise<Buffer>;
};

/** @param bytes frames of one camera in the order in which they were filmed, all of one size */
export async function openFilm(bytes: readonly Buffer[], cacheDir: string): Promise<Film> {
  const frames = await Promise.all(bytes.map(pixelsOf));
  const [first] = frames;
  if (!first) throw new Error("expected frames of one camera, got none");
  const { width, height } = first;
  const empty = { ...first, pixels: medianOf(frames) };
  const layers = new Map<VehicleName, OverlayOptions>();
  for (const [name, vehicle] of Object.entries(vehicles)) {
    layers.set(name as VehicleName, await layerOf(vehicle, { width, height }, cacheDir));
  }
  return {
    frames: frames.length,
    shoot: async ({ frame, standing, isNight, random }) => {
      const { pixels } = (frame === undefined ? undefined : frames[frame]) ?? empty;
      const raw = { width, height, channels: 3 as const };
      const shown = await sharp(pixels, { raw })
        .composite(standing.flatMap((name) => layers.get(name) ?? []))
        .removeAlpha()
        .raw()
        .toBuffer();
      const lit = lightened(shown, isNight, random);
      const quality = 72 + Math.floor(random() * 20);
      return sharp(lit, { raw }).jpeg({ quality }).toBuffer();
    },
  };
}

async function pixelsOf(bytes: Buffer): Promise<Frame> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { pixels: data, width: info.width, height: info.height };
}

/** Of each value over some twenty frames: whoever walks by is in the minority everywhere. */
function medianOf(frames: readonly Frame[]): Buffer {
  const step = Math.max(1, Math.floor(frames.length / 20));
  const some = frames.filter((_, index) => index % step === 0);
  const median = Buffer.alloc(some[0]?.pixels.length ?? 0);
  const values = new Uint8Array(some.length);
  for (let at = 0; at < median.length; at += 1) {
    some.forEach(({ pixels }, index) => {
      values[index] = pixels[at] ?? 0;
    });
    median[at] = values.toSorted()[values.length >> 1] ?? 0;
  }
  return median;
}

async function layerOf(
  { from, cut: [left = 0, top = 0, across = 1, down = 1], x, feet, wide }: Vehicle,
  size: { width: number; height: number },
  cacheDir: string,
): Promise<OverlayOptions> {
  const { file, width, height } = photograph(from);
  const source = sharp(await readFile(await obtain(file, { cacheDir })));
  const part = {
    left: Math.round(left * width),
    top: Math.round(top * height),
    width: Math.floor(across * width),
    height: Math.floor(down * height),
  };
  const shown = { width: Math.round(wide * size.width), height: 0 };
  shown.height = Math.round((shown.width * part.height) / part.width);
  const edge = Buffer.from(
    `<svg width="${shown.width}" height="${shown.height}"><filter id="f"><feGaussianBlur stdDeviation="4"/></filter>` +
      `<rect x="6" y="6" width="${shown.width - 12}" height="${shown.height - 12}" rx="24" fill="#fff" filter="url(#f)"/></svg>`,
  );
  const input = await source
    .extract(part)
    .resize(shown.width, shown.height)
    .ensureAlpha()
    .composite([{ input: edge, blend: "dest-in" }])
    .png()
    .toBuffer();
  const middle = Math.round(x * size.width - shown.width / 2);
  return { input, left: Math.max(0, middle), top: Math.round(feet * size.height) - shown.height };
}

/** Of night's pictures a camera with infrared keeps a third of the light, no colour, and much noise. */
function lightened(pixels: Buffer, isNight: boolean, random: Random): Buffer {
  const gain = isNight ? 0.34 + random() * 0.08 : 0.8 + random() * 0.35;
  const noise = isNight ? 9 : 5;
  const lit = Buffer.alloc(pixels.length);
  for (let at = 0; at < lit.length; at += 3) {
    const [red = 0, green = 0, blue = 0] = [pixels[at], pixels[at + 1], pixels[at + 2]];
    const grey = 0.299 * red + 0.587 * green + 0.114 * blue;
    const shift = (random() + random() - 1) * noise;
    for (let channel = 0; channel < 3; channel += 1) {
      const value = isNight ? grey : (pixels[at + channel] ?? 0);
      lit[at + channel] = Math.max(0, Math.min(255, Math.round(value * gain + shift)));
    }
  }
  return lit;
}
