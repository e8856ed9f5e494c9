/** Multipart events: one part `event` with the JSON, and one part per image, its filename the evidence name. */
import type { EventInput } from "@vigil/core/event/wire";
import { inspect, sha256, sniff } from "@vigil/core/evidence";
import type { Image } from "@vigil/core/flow";
import { evidence as limits } from "@vigil/core/limits";
import { problem } from "@vigil/core/problem";
import { evidenceName, unused } from "./evidence-name.ts";
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
  const { moreEvidence: _more, ...event } = parseEvent(eventTextOf(parts));
  const files = parts.filter((part) => part.field !== "event");
  if (files.length > limits.perEventMax) {
    throw problem("evidence-too-large", `expected at most ${limits.perEventMax} images, got ${files.length}`);
  }
  const images: Image[] = [];
  for (const file of files) images.push(readImage(file, new Set(images.map((image) => image.name))));
  return { event, images: asAnnounced(event, images) };
}

/**
 * Base64 is decoded: it was given up for forms, but old phone libraries write it. Others only say so and send a picture as
 * it is.
 */
function decodeTransfer(part: Part): Part {
  switch (part.transferEncoding) {
    case "":
    case "binary":
    case "8bit":
    case "7bit":
      return part;
    case "base64":
      return sniff(part.bytes) === undefined ? { ...part, bytes: decodeBase64(part) } : part;
    default:
      throw problem(
        "unsupported-media-type",
        `the part ${part.field}: expected no Content-Transfer-Encoding, got ${part.transferEncoding}`,
      );
  }
}

/** Decoders pass over what is no base64; here that would lose what was sent. */
function decodeBase64({ field, bytes }: Part): Uint8Array {
  const text = Buffer.from(bytes).toString("latin1").replace(/\s+/g, "");
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw problem(
      "multipart-incomplete",
      `the part ${field} is not the base64 that its Content-Transfer-Encoding says; leave that header out`,
    );
  }
  return Buffer.from(text, "base64");
}

function eventTextOf(parts: readonly Part[]): string {
  const [part, ...more] = parts.filter(({ field }) => field === "event");
  if (!part) {
    const fields = parts.map(({ field }) => field || "(no name)").join(", ");
    throw problem(
      "multipart-incomplete",
      `expected a part named event with the event as JSON, got parts named ${fields}; with curl: -F 'event={…};type=application/json'`,
    );
  }
  if (more.length > 0) {
    throw problem("multipart-incomplete", `expected one part named event, got ${more.length + 1}`);
  }
  const picture = sniff(part.bytes);
  if (picture) {
    throw problem(
      "multipart-incomplete",
      `the part named event holds an image (${picture}); expected the event as JSON, and the image in a part of another name`,
    );
  }
  return textOf(part);
}

/** In the charset that the part states, or in the one that its byte order mark shows; the mark itself goes. */
function textOf({ bytes, charset }: Part): string {
  const [first, second] = bytes;
  const marked =
    first === 0xff && second === 0xfe
      ? "utf-16le"
      : first === 0xfe && second === 0xff
        ? "utf-16be"
        : undefined;
  try {
    return new TextDecoder(marked ?? charset ?? "utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw problem(
      "invalid-json",
      `the part named event is not text in ${marked ?? charset ?? "UTF-8"}; write it in UTF-8`,
      { cause },
    );
  }
}

/** What a browser sends for a file field that nobody filled, and the charset that HTML forms may name. */
function isEmptyField({ field, filename, bytes }: Part): boolean {
  return field === "_charset_" || (bytes.byteLength === 0 && (filename ?? "") === "");
}

function readImage(part: Part, taken: ReadonlySet<string>): Image {
  const { bytes, field, filename } = part;
  const called = filename || field || "a part without a name";
  if (bytes.byteLength > limits.bytesMax) {
    throw problem(
      "evidence-too-large",
      `${called}: expected at most ${limits.bytesMax} bytes, got ${bytes.byteLength}`,
    );
  }
  if (sniff(bytes) === undefined && isText(part)) {
    const start = JSON.stringify(Buffer.from(bytes.subarray(0, 24)).toString("utf8"));
    throw problem(
      "evidence-not-an-image",
      `the part ${called} holds text (${start}), expected an image's bytes; with curl: -F 'image=@photo.jpg'. What else there is to say belongs into the event's attributes`,
    );
  }
  const { contentType } = inspect(called, bytes);
  return { name: unused(evidenceName(part, contentType), taken), bytes, contentType, sha256: sha256(bytes) };
}

function isText({ filename, contentType }: Part): boolean {
  return filename === undefined && (contentType === "" || contentType.startsWith("text/"));
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
