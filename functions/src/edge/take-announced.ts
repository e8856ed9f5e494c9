import type { AnnouncedEvidence } from "@vigil/core/event/wire";
import type { Image } from "@vigil/core/flow";
import { problem } from "@vigil/core/problem";

/**
 * The picture as its event announces it, found by its bytes or by its name, and taken off the list.
 * @throws `evidence-mismatch`
 */
export function takeAnnounced(left: AnnouncedEvidence[], image: Image): AnnouncedEvidence {
  const { name, sha256, contentType } = image;
  const bytes = image.bytes.byteLength;
  const found =
    left.find((piece) => piece.sha256 === sha256 && piece.name === name) ??
    left.find((piece) => piece.sha256 === sha256) ??
    left.find((piece) => piece.name === name);
  if (!found) {
    throw problem(
      "evidence-mismatch",
      `${name} was sent but not announced; leave evidence out, or name every image`,
    );
  }
  if (found.sha256 !== sha256 || found.bytes !== bytes || found.contentType !== contentType) {
    throw problem(
      "evidence-mismatch",
      `${found.name}: expected ${found.contentType}, ${found.bytes} bytes, sha256 ${found.sha256}; got ${contentType}, ${bytes} bytes, sha256 ${sha256}`,
    );
  }
  left.splice(left.indexOf(found), 1);
  return found;
}
