/**
 * `npm run gateway:rain -- --frames DIR [--model yolov8n]`: people who walk through a recorded street while it rains there, by day
 * and by night. The frames are real; rain and night are drawn into them, at full size, before anything looks: what is told as an
 * event, and whether the detector finds the people in its pictures. Three minutes of the street without people come first, in the
 * same rain, and are to tell nothing.
 */
import "../../scripts/help.ts";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { type Chance, chanceOf } from "../../edge-gateway/bench/corpus/chance.ts";
import { createCellMask } from "../../edge-gateway/src/cameras/cell-mask.ts";
import { createHappeningWatch, type Happening } from "../../edge-gateway/src/cameras/choose-pictures.ts";
import { greyHeight, greyWidth } from "../../edge-gateway/src/cameras/grey.ts";
import { createMotionWatch } from "../../edge-gateway/src/cameras/motion.ts";
import { detectEach } from "../../gpu-worker/bench/detect-each.ts";

const perSecond = 5;
const framesPerSecond = 2;
const emptySeconds = 180;
const streaks = 400;

type Picture = { pixels: Buffer; width: number; height: number };

async function read(path: string): Promise<Picture> {
  const { data, info } = await sharp(readFileSync(path))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: data, width: info.width, height: info.height };
}

/** Each pixel as it mostly is: the street without people. */
function emptied(pictures: readonly Picture[]): Picture {
  const [first] = pictures;
  if (!first) throw new RangeError("expected frames");
  const pixels = Buffer.alloc(first.pixels.length);
  const values = new Uint8Array(pictures.length);
  for (let index = 0; index < pixels.length; index++) {
    for (const [which, one] of pictures.entries()) values[which] = one.pixels[index] ?? 0;
    values.sort((a, b) => a - b);
    pixels[index] = values[values.length >> 1] ?? 0;
  }
  return { ...first, pixels };
}

/** Without colours, a third as bright, with the sensor's noise. */
function darken(pixels: Buffer, chance: Chance): void {
  for (let at = 0; at < pixels.length; at += 3) {
    const luma = (2 * (pixels[at] ?? 0) + 5 * (pixels[at + 1] ?? 0) + (pixels[at + 2] ?? 0)) / 8;
    pixels.fill(Math.max(0, Math.min(255, luma * 0.35 + chance.whole(-6, 6))), at, at + 3);
  }
}

/** Streaks of light, others in each frame. */
function createWeather(isNight: boolean) {
  const chance = chanceOf(11);
  return ({ pixels, width, height }: Picture): Picture => {
    const wet = Buffer.from(pixels);
    if (isNight) darken(wet, chance);
    for (let count = 0; count < streaks; count++) {
      const [x, y] = [chance.whole(0, width - 14), chance.whole(0, height - 1)];
      const [length, light] = [chance.whole(12, 45), chance.whole(30, 90)];
      for (let drop = 0; drop < length && y + drop < height; drop++) {
        const from = 3 * ((y + drop) * width + x + (drop >> 2));
        for (let at = from; at < from + 6; at++) wet[at] = Math.min(255, (wet[at] ?? 0) + light);
      }
    }
    return { pixels: wet, width, height };
  };
}

async function play(street: readonly Picture[], empty: Picture, isNight: boolean): Promise<Happening[]> {
  const weather = createWeather(isNight);
  const motion = createMotionWatch(createCellMask({ zones: [], masks: [] }));
  const happenings = createHappeningWatch();
  const told: Happening[] = [];
  const seconds = emptySeconds + street.length / framesPerSecond + 20;
  for (let index = 0; index < seconds * perSecond; index++) {
    const at = (index * 1_000) / perSecond;
    const since = index / perSecond - emptySeconds;
    const people = since < 0 ? undefined : street[Math.floor(since * framesPerSecond)];
    const { pixels, width, height } = weather(people ?? empty);
    const picture = () => sharp(pixels, { raw: { width, height, channels: 3 } });
    const grey = await picture().resize(greyWidth, greyHeight, { fit: "fill" }).greyscale().raw().toBuffer();
    if (index % 2 === 0) happenings.picture(await picture().jpeg({ quality: 85 }).toBuffer(), at);
    const happening = happenings.look(motion.look(grey, at), at);
    if (happening) told.push(happening);
  }
  return told;
}

const { values } = parseArgs({
  options: {
    frames: { type: "string" },
    model: { type: "string", default: "yolov8n" },
    cache: { type: "string", default: ".vigil/cache" },
  },
});
const { frames: folder, model, cache } = values;
if (folder === undefined) throw new RangeError("expected --frames DIR: JPEGs of a street, two a second");
const names = readdirSync(folder).filter((name) => name.endsWith(".jpg"));
const street = await Promise.all(
  names
    .toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .map((name) => read(join(folder, name))),
);
const empty = emptied(street.filter((_, index) => index % 4 === 0));
for (const isNight of [false, true]) {
  const told = await play(street, empty, isNight);
  process.stdout.write(`${isNight ? "night" : "day"}, in the rain: ${told.length} events\n`);
  for (const { firstMs, pictures } of told) {
    const found = await detectEach(
      pictures.map(({ bytes }) => bytes),
      model,
      cache,
    );
    const words = found.map((one) => {
      const sure = one.filter(({ label }) => label === "person").map(({ confidence }) => confidence);
      return `${sure.length} (${Math.max(0, ...sure).toFixed(2)})`;
    });
    const second = (firstMs / 1_000 - emptySeconds).toFixed(1);
    process.stdout.write(`  begun ${second} s after the first person, in its pictures ${words.join(", ")}\n`);
  }
}
