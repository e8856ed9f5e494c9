/** What the worker knows of a picture before it decodes it: what the one reader of heads says, or why not. */
import { type PictureHead, readHead, sniff } from "@vigil/core/evidence/read-head";
import { UnreadableImage } from "./unreadable-image.ts";

/** Throws an `UnreadableImage` unless the bytes begin as a picture of `contentType` with at most `pixelsMax` pixels. */
export function readHeader(
  bytes: Uint8Array,
  { contentType, pixelsMax }: { contentType: string; pixelsMax: number },
): PictureHead {
  const head = readHead(bytes);
  if ("fault" in head) {
    throw new UnreadableImage(sniff(bytes) === undefined ? "not-an-image" : "corrupt", head.fault);
  }
  if (head.contentType !== contentType) {
    throw new UnreadableImage(
      "unsupported-type",
      `expected ${contentType} as announced, got ${head.contentType}`,
    );
  }
  const { width, height } = head;
  if (width * height > pixelsMax) {
    throw new UnreadableImage(
      "too-many-pixels",
      `expected at most ${pixelsMax} pixels, got ${width} x ${height} = ${width * height}`,
    );
  }
  return head;
}
