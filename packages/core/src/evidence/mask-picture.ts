/** Blackens what lies under masks. Loaded when a picture has some, and not before: what it needs is large. */
import sharp from "sharp";
import type { ContentType } from "../event/wire.ts";
import { evidence as limits } from "../limits.ts";
import { problem } from "../problem.ts";

type Outline = readonly (readonly [x: number, y: number])[];
type Picture = { name: string; bytes: Uint8Array; contentType: ContentType };

const secondsMax = 10;
const quality = 90;

/** One at a time: a picture within the limits takes hundreds of megabytes while it is decoded. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * @returns the picture as it is shown, upright, in the format that it came in and without whatever else its file had: a camera may
 *   keep a small copy of the pixels there
 * @throws `evidence-not-an-image`
 */
export async function blacken(picture: Picture, masks: readonly Outline[]): Promise<Uint8Array> {
  const own = turn.then(() => drawOver(picture, masks));
  turn = own.catch(() => undefined);
  try {
    return await own;
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    throw problem(
      "evidence-not-an-image",
      `${picture.name}: what its camera's masks cover cannot be blackened, so it is not kept: ${why}`,
    );
  }
}

async function drawOver({ bytes, contentType }: Picture, masks: readonly Outline[]): Promise<Uint8Array> {
  const options = { limitInputPixels: limits.pixelsMax, failOn: "none", pages: 1 } as const;
  const { autoOrient } = await sharp(bytes, options).metadata();
  const drawn = sharp(bytes, options)
    .autoOrient()
    .composite([{ input: Buffer.from(coverOf(autoOrient, masks)), top: 0, left: 0 }])
    .timeout({ seconds: secondsMax });
  const encoded = {
    "image/png": () => drawn.png(),
    "image/webp": () => drawn.webp({ quality }),
    "image/jpeg": () => drawn.jpeg({ quality }),
  }[contentType]();
  const masked = await encoded.toBuffer();
  if (masked.byteLength <= limits.bytesMax) return masked;
  throw new Error(`it takes ${masked.byteLength} bytes with its masks, of at most ${limits.bytesMax}`);
}

/** As SVG, a pixel wider on every side: nothing shows through where a mask ends. */
function coverOf({ width, height }: { width: number; height: number }, masks: readonly Outline[]): string {
  const polygons = masks.map((mask) => {
    const points = mask.map(([x, y]) => `${x * width},${y * height}`).join(" ");
    return `<polygon points="${points}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" shape-rendering="crispEdges"
    fill="#000" stroke="#000" stroke-width="2" stroke-linejoin="round">${polygons.join("")}</svg>`;
}
