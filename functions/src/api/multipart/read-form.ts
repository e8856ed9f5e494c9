/** Multipart events: one part `event` with the JSON, and one part per image, its filename the evidence name. */
import type { EventInput } from "@vigil/core/event/wire";
import type { Image } from "@vigil/core/flow";
import { evidence as limits } from "@vigil/core/limits";
import { problem } from "@vigil/core/problem";
import { decodeTransfer, eventTextOf, isEmptyField, noEvent, readImage } from "./read-part.ts";
import { type Part, splitBody } from "./split-body.ts";

/**
 * Inspects every image before anything is stored. A part that is neither the event nor an image is refused, so that
 * nothing that was sent is silently left out.
 * @throws `multipart-incomplete`, `evidence-too-large`, `evidence-not-an-image`, `evidence-too-many-pixels`,
 *   `evidence-mismatch`, `evidence-missing`, `unsupported-media-type`, and what `parseEvent` throws
 */
export function readForm(
  contentType: string,
  body: Uint8Array,
  parseEvent: (text: string) => EventInput,
): { event: EventInput; images: Image[] } {
  const filled = splitBody(contentType, body).filter((part) => !isEmptyField(part));
  const parts = filled.map(decodeTransfer);
  // A form is the whole of an event.
  const { moreEvidence: _more, ...event } = parseEvent(eventTextOf(eventPartOf(parts)));
  const files = parts.filter((part) => part.field !== "event");
  if (files.length > limits.perEventMax) {
    throw problem("evidence-too-large", `expected at most ${limits.perEventMax} images, got ${files.length}`);
  }
  const images: Image[] = [];
  for (const file of files) images.push(readImage(file, new Set(images.map((image) => image.name))));
  return { event, images: asAnnounced(event, images) };
}

function eventPartOf(parts: readonly Part[]): Part {
  const [part, ...more] = parts.filter(({ field }) => field === "event");
  if (!part) throw noEvent(parts.map(({ field }) => field));
  if (more.length > 0) {
    throw problem("multipart-incomplete", `expected one part named event, got ${more.length + 1}`);
  }
  return part;
}

/**
 * The images under the names that the event announces them by, found by their bytes or by their name; as they are called
 * when it announces none.
 */
function asAnnounced(event: EventInput, images: readonly Image[]): Image[] {
  const announced = event.evidence ?? [];
  if (announced.length === 0) return [...images];
  const left = [...images];
  const take = (fits: (image: Image) => boolean): Image | undefined => {
    const at = left.findIndex(fits);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const named = announced.map((piece) => {
    const { name, bytes, sha256: expected, contentType } = piece;
    const image =
      take((one) => one.sha256 === expected && one.name === name) ??
      take((one) => one.sha256 === expected) ??
      take((one) => one.name === name);
    if (!image) {
      throw problem("evidence-missing", `${name} was announced, but there is no part with that filename`);
    }
    if (image.sha256 !== expected || image.bytes.byteLength !== bytes || image.contentType !== contentType) {
      throw problem(
        "evidence-mismatch",
        `${name}: expected ${contentType}, ${bytes} bytes, sha256 ${expected}; got ${image.contentType}, ${image.bytes.byteLength} bytes, sha256 ${image.sha256}`,
      );
    }
    return { ...image, name };
  });
  const [unannounced] = left;
  if (unannounced) {
    throw problem(
      "evidence-mismatch",
      `${unannounced.name} was sent but not announced; leave evidence out, or name every image`,
    );
  }
  return named;
}
