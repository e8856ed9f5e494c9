/** Photographs become the pixels that a model takes: `decode` at once, a `Decoder` on threads of its own. */
export { type DecodedImage, type DecodeOptions, decode, type Picture } from "./decode-image.ts";
export { createDecoder, type Decoder, type LentImage } from "./decoder.ts";
export {
  type Canvas,
  type CanvasOptions,
  place,
  usualCanvas,
} from "./letterbox.ts";
export { UnreadableImage, type UnreadableReason } from "./unreadable-image.ts";
