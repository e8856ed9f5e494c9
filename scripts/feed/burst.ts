/**
 * Frames such as a camera takes within a second: the same picture shifted by a pixel or two, with other sensor noise
 * and another JPEG quality. Every pixel stays a pixel of the photograph.
 */
import sharp from "sharp";

/** mulberry32: 32 bits of state, the same sequence for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const shiftPixelsMax = 2;
/** Standard deviation of the sensor noise, in levels of 0..255. */
const noiseLevels = 1.5;
const qualities = [90, 84, 88, 80, 86];

/** Takes a frame of the same size out of the picture, moved by `dx`, `dy`; the edge repeats its last pixels. */
async function shifted(photograph: Buffer, dx: number, dy: number) {
  const { width, height } = await sharp(photograph).metadata();
  const margin = shiftPixelsMax;
  const extended = await sharp(photograph)
    .extend({ top: margin, bottom: margin, left: margin, right: margin, extendWith: "copy" })
    .toBuffer();
  return sharp(extended)
    .extract({ left: margin + dx, top: margin + dy, width, height })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
}

/** `count` JPEGs, none equal to another: the photograph itself and near-identical ones. */
export async function makeBurst(photograph: Buffer, count: number): Promise<Buffer[]> {
  const frames = [photograph];
  for (let index = 1; index < count; index += 1) {
    const random = createRandom(index);
    const step = () => Math.floor(random() * (2 * shiftPixelsMax + 1)) - shiftPixelsMax;
    const { data, info } = await shifted(photograph, step(), step());
    for (let at = 0; at < data.length; at += 1) {
      // The sum of three uniform numbers is close to a normal one of deviation 1/2.
      const noise = (random() + random() + random() - 1.5) * 2 * noiseLevels;
      data[at] = Math.min(255, Math.max(0, Math.round((data[at] ?? 0) + noise)));
    }
    const { width, height, channels } = info;
    const quality = qualities[index % qualities.length] ?? 85;
    frames.push(await sharp(data, { raw: { width, height, channels } }).jpeg({ quality }).toBuffer());
  }
  return frames;
}
