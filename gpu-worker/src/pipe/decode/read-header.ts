import sharp from "sharp";
import type { ImageKind } from "./image-kind.ts";
import { findJpegHeader } from "./jpeg-header.ts";
import { UnreadableImage } from "./unreadable-image.ts";

export type ImageHeader = {
  /** As shown, after the EXIF rotation, in pixels. */
  width: number;
  height: number;
  isUpright: boolean;
  /** Three 8-bit channels that need neither a conversion of colours nor a background. */
  isPlainRgb: boolean;
};

/** Nothing is decoded. The short way for JPEG, which nearly all cameras send, costs microseconds. */
export async function readHeader(bytes: Uint8Array, kind: ImageKind): Promise<ImageHeader> {
  const jpeg = kind === "image/jpeg" ? findJpegHeader(bytes) : undefined;
  if (jpeg) {
    // Orientations 5 to 8 lie on their side.
    const [width, height] = jpeg.orientation < 5 ? [jpeg.width, jpeg.height] : [jpeg.height, jpeg.width];
    const isPlainRgb = jpeg.components === 3 && !jpeg.hasColourProfile;
    return { width, height, isUpright: jpeg.orientation === 1, isPlainRgb };
  }
  try {
    const { autoOrient, orientation = 1 } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return { ...autoOrient, isUpright: orientation === 1, isPlainRgb: false };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UnreadableImage("corrupt", `the header cannot be read: ${reason}`, cause);
  }
}
