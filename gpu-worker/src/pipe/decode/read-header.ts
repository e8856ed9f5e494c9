/** What the worker knows of a picture before it decodes it: what the one reader of heads says, or why not. */
import { findExcess } from "@vigil/core/evidence/find-excess";
import { type PictureHead, readHead, sniff } from "@vigil/core/evidence/read-head";
import { UnreadableImage } from "./unreadable-image.ts";

/** Throws an `UnreadableImage` unless the bytes begin as a picture of `contentType` of at most `pixelsMax` pixels. */
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
  const excess = findExcess(head, bytes, pixelsMax);
  if (excess) throw new UnreadableImage(`too-many-${excess.of}`, excess.detail);
  return head;
}
