/** The key pictures of a digest, side by side in one JPEG, so that a mail shows them without a link that would expire. */
import sharp, { type Sharp } from "sharp";
import type { Detection } from "../../digest/wire.ts";

export type SheetPicture = { bytes: Uint8Array; detections: readonly Detection[] };

const tileWidth = 400;
const tileHeight = 300;
const gap = 8;
const background = "#17212b";

/**
 * @param boxes draws a frame around what was detected: only where the reader asked for it
 * @returns a JPEG of one picture a tile, two tiles a row; undefined when none of them could be decoded
 */
export async function drawContactSheet(
  pictures: readonly SheetPicture[],
  { boxes }: { boxes: boolean },
): Promise<{ jpeg: Uint8Array; count: number } | undefined> {
  const drawn = await Promise.all(pictures.map((picture) => drawTile(picture, boxes).catch(() => undefined)));
  const tiles = drawn.filter((tile) => tile !== undefined);
  if (tiles.length === 0) return undefined;
  const columns = Math.min(2, tiles.length);
  const rows = Math.ceil(tiles.length / columns);
  const jpeg = await sharp({
    create: {
      width: columns * tileWidth + (columns + 1) * gap,
      height: rows * tileHeight + (rows + 1) * gap,
      channels: 3,
      background,
    },
  })
    .composite(
      tiles.map((input, index) => ({
        input,
        left: gap + (index % columns) * (tileWidth + gap),
        top: gap + Math.floor(index / columns) * (tileHeight + gap),
      })),
    )
    .jpeg({ quality: 78 })
    .toBuffer();
  return { jpeg, count: tiles.length };
}

/** `failOn: "none"`: a picture that is cut off is shown as far as it goes. */
async function drawTile({ bytes, detections }: SheetPicture, boxes: boolean): Promise<Buffer> {
  const upright = sharp(bytes, { failOn: "none", limitInputPixels: 40_000_000 }).rotate();
  const framed = boxes && detections.length > 0 ? await drawBoxes(upright, detections) : upright;
  return framed.resize(tileWidth, tileHeight, { fit: "contain", background }).jpeg().toBuffer();
}

/** A fraction of a side, in pixels. */
function side(part: number, whole: number): string {
  return (part * whole).toFixed(1);
}

async function drawBoxes(picture: Sharp, detections: readonly Detection[]): Promise<Sharp> {
  const { data, info } = await picture.resize({ width: tileWidth * 2, withoutEnlargement: true }).toBuffer({
    resolveWithObject: true,
  });
  const frames = detections.map(({ box: [x, y, width, height] }) => {
    return `<rect x="${side(x, info.width)}" y="${side(y, info.height)}" width="${side(width, info.width)}" height="${side(height, info.height)}" fill="none" stroke="#ffb300" stroke-width="3"/>`;
  });
  const overlay = `<svg xmlns="http://www.w3.org/2000/svg" width="${info.width}" height="${info.height}">${frames.join("")}</svg>`;
  return sharp(
    await sharp(data)
      .composite([{ input: Buffer.from(overlay) }])
      .toBuffer(),
  );
}
