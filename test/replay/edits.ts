/** How somebody sends an old picture again: encoded anew, brighter, smaller, with another clock. */
import sharp, { type Sharp } from "sharp";

/** `isPromised`: what is to be found; the others are measured beside it. */
export type Edit = { name: string; isPromised: boolean; make: (bytes: Buffer) => Promise<Buffer> };

const jpeg = (image: Sharp, quality = 90) => image.jpeg({ quality }).toBuffer();

async function withClock(bytes: Buffer, where: "north" | "south", text: string): Promise<Buffer> {
  const { width, height } = await sharp(bytes).metadata();
  const tall = Math.round(height * 0.06);
  const top = where === "north" ? 0 : height - tall;
  const clock = `<svg width="${width}" height="${height}"><rect y="${top}" width="${Math.round(width * 0.6)}" height="${tall}"/>
    <text x="8" y="${top + tall * 0.75}" font-size="${tall * 0.8}" fill="#fff">${text}</text></svg>`;
  return jpeg(sharp(bytes).composite([{ input: Buffer.from(clock) }]));
}

async function asIfShown(bytes: Buffer): Promise<Buffer> {
  const clocked = await withClock(bytes, "north", "2026-03-01 12:00:00 CAM 1");
  const dimmed = await jpeg(sharp(clocked).modulate({ brightness: 1.2 }), 85);
  return jpeg(sharp(dimmed).resize({ width: 480 }).blur(0.8), 40);
}

async function cut(bytes: Buffer, part: number): Promise<Buffer> {
  const { width, height } = await sharp(bytes).metadata();
  const [left, top] = [Math.round(width * part), Math.round(height * part)];
  return jpeg(sharp(bytes).extract({ left, top, width: width - 2 * left, height: height - 2 * top }));
}

const promised: [string, Edit["make"]][] = [
  ["as it was", async (bytes) => bytes],
  ["JPEG of quality 80", (bytes) => jpeg(sharp(bytes), 80)],
  ["JPEG of quality 60", (bytes) => jpeg(sharp(bytes), 60)],
  ["JPEG of quality 40", (bytes) => jpeg(sharp(bytes), 40)],
  ["brighter by 30 %", (bytes) => jpeg(sharp(bytes).modulate({ brightness: 1.3 }))],
  ["darker by 30 %", (bytes) => jpeg(sharp(bytes).modulate({ brightness: 0.7 }))],
  ["more contrast", (bytes) => jpeg(sharp(bytes).linear(1.25, -20))],
  ["blurred, sigma 1", (bytes) => jpeg(sharp(bytes).blur(1))],
  ["blurred, sigma 2", (bytes) => jpeg(sharp(bytes).blur(2))],
  ["half as large", (bytes) => jpeg(sharp(bytes).resize({ width: 384 }))],
  ["500 pixels wide", (bytes) => jpeg(sharp(bytes).resize({ width: 500 }))],
  ["1280 pixels wide", (bytes) => jpeg(sharp(bytes).resize({ width: 1_280 }))],
  ["another clock above", (bytes) => withClock(bytes, "north", "2026-03-01 12:00:00 CAM 1")],
  ["another clock below", (bytes) => withClock(bytes, "south", "03/01/2026 12:00:00")],
  ["grey", (bytes) => jpeg(sharp(bytes).greyscale())],
  ["brighter, clock, smaller, blurred, 40", asIfShown],
];

const beyond: [string, Edit["make"]][] = [
  ["blurred, sigma 4", (bytes) => jpeg(sharp(bytes).blur(4))],
  ["1 % cut off each side", (bytes) => cut(bytes, 0.01)],
  ["3 % cut off each side", (bytes) => cut(bytes, 0.03)],
  ["turned over", (bytes) => jpeg(sharp(bytes).flop())],
];

export const edits: readonly Edit[] = [
  ...promised.map(([name, make]) => ({ name, make, isPromised: true })),
  ...beyond.map(([name, make]) => ({ name, make, isPromised: false })),
];
