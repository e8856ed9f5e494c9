/** What the first bytes of a picture say of it, before anything is decoded. */
import type { ContentType } from "../event/wire.ts";

export type PictureHead = {
  contentType: ContentType;
  /** As stored, before any rotation, in pixels. */
  width: number;
  height: number;
  /** EXIF orientation: 1 (upright) to 8; from 5 on, width and height are swapped when it is shown. */
  orientation: number;
  /** Surely three 8-bit channels that need neither a conversion of colours nor a background. */
  isPlainRgb: boolean;
};

/** Why there is no head to be had; a decoder would get nothing out of such a file. */
export type HeadFault = { fault: string };

export function startsWith(bytes: Uint8Array, signature: Uint8Array): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}
