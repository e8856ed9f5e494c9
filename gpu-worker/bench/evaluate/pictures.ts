/**
 * The pictures of the evaluation: sample photographs as they are, and pictures composed of them, so that what is in each is
 * known by construction.
 */
import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { obtain, type PhotographName, photograph } from "../../src/model/index.ts";
import { randomOf } from "../../testing/pictures.ts";

const width = 960;
const height = 540;
const jpegQuality = 88;

/** Who is pasted: a rectangle of a photograph in which they stand, as shares of it: x, y, width, height. */
const cuts = {
  man: { from: "man-in-lane", box: [0.2, 0.15, 0.13, 0.44] },
  dog: { from: "dog-on-lawn", box: [0.12, 0.06, 0.5, 0.92] },
} as const satisfies Record<string, { from: PhotographName; box: readonly number[] }>;
export type Figure = keyof typeof cuts;
export type Weather = "day" | "night" | "rain";

/** `size`: of the height of the picture; `x` of the middle and `feet` of the lower end, as shares of it. */
export type Paste = { figure: Figure; size: number; x: number; feet: number };
export type Picture = { background: PhotographName; weather: Weather; pastes: readonly Paste[] };

async function bytesOf(name: PhotographName, cacheDir: string): Promise<Buffer> {
  return readFile(await obtain(photograph(name).file, { cacheDir }));
}

/** A JPEG of the background with everybody in it, and then the weather over all of it. */
export async function compose({ background, weather, pastes }: Picture, cacheDir: string): Promise<Buffer> {
  const behind = await bytesOf(background, cacheDir);
  if (weather === "day" && pastes.length === 0) return behind;
  const layers = await Promise.all(pastes.map((paste) => layerOf(paste, cacheDir)));
  const whole = await sharp(behind).resize(width, height, { fit: "fill" }).composite(layers).png().toBuffer();
  return under(weather, whole);
}

async function layerOf({ figure, size, x, feet }: Paste, cacheDir: string) {
  const { from, box } = cuts[figure];
  const source = sharp(await bytesOf(from, cacheDir));
  const { width: sourceWidth, height: sourceHeight } = await source.metadata();
  const part = {
    left: Math.round(box[0] * sourceWidth),
    top: Math.round(box[1] * sourceHeight),
    width: Math.floor(box[2] * sourceWidth),
    height: Math.floor(box[3] * sourceHeight),
  };
  const tall = Math.round(size * height);
  const wide = Math.round((tall * part.width) / part.height);
  const input = await source
    .extract(part)
    .resize(wide, tall)
    .ensureAlpha()
    .composite([{ input: softEdge(wide, tall), blend: "dest-in" }])
    .png()
    .toBuffer();
  return {
    input,
    left: Math.max(0, Math.round(x * width - wide / 2)),
    top: Math.max(0, Math.round(feet * height - tall)),
  };
}

/** An ellipse that fades out, so that no rectangle's edge is to be seen. */
function softEdge(wide: number, tall: number): Buffer {
  return Buffer.from(
    `<svg width="${wide}" height="${tall}"><defs><radialGradient id="g"><stop offset="0.82" stop-color="#fff"/>` +
      `<stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs>` +
      `<ellipse cx="${wide / 2}" cy="${tall / 2}" rx="${wide * 0.56}" ry="${tall * 0.54}" fill="url(#g)"/></svg>`,
  );
}

async function under(weather: Weather, png: Buffer): Promise<Buffer> {
  if (weather === "night") {
    return sharp(png).grayscale().linear(0.45, 4).jpeg({ quality: jpegQuality }).toBuffer();
  }
  if (weather === "rain") {
    const drops = Array.from({ length: 260 }, dropOf(randomOf(9))).join("");
    const rain = Buffer.from(`<svg width="${width}" height="${height}">${drops}</svg>`);
    return sharp(png)
      .composite([{ input: rain }])
      .jpeg({ quality: jpegQuality })
      .toBuffer();
  }
  return sharp(png).jpeg({ quality: jpegQuality }).toBuffer();
}

function dropOf(random: () => number): () => string {
  return () => {
    const [x, y, long] = [random() * width, random() * height, 8 + random() * 18];
    return `<line x1="${x}" y1="${y}" x2="${x - 3}" y2="${y + long}" stroke="#dde" stroke-opacity="0.45" stroke-width="1.4"/>`;
  };
}
