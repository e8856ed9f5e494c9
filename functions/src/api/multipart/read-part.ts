/** What the parts of a form hold: the event, or an image. */
import { inspect, sha256 } from "@vigil/core/evidence/inspect";
import { sniff } from "@vigil/core/evidence/read-head";
import type { Image } from "@vigil/core/flow";
import { evidence as limits } from "@vigil/core/limits";
import { problem } from "@vigil/core/problem";
import { evidenceName, unused } from "./evidence-name.ts";
import type { Part } from "./split-body.ts";

/** What a browser sends for a file field that nobody filled, and the charset that HTML forms may name. */
export function isEmptyField({ field, filename, bytes }: Part): boolean {
  return field === "_charset_" || (bytes.byteLength === 0 && (filename ?? "") === "");
}

/**
 * Base64 is decoded: it was given up for forms, but old phone libraries write it. Others only say so and send a picture as
 * it is.
 */
export function decodeTransfer(part: Part): Part {
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

/** The text of the part named event. @throws `multipart-incomplete` when it is an image, `invalid-json` when it is no text */
export function eventTextOf(part: Part): string {
  const picture = sniff(part.bytes);
  if (picture) {
    throw problem(
      "multipart-incomplete",
      `the part named event holds an image (${picture}); expected the event as JSON, and the image in a part of another name`,
    );
  }
  return textOf(part);
}

/** Nothing in the form is the event. */
export function noEvent(fields: readonly string[]) {
  return problem(
    "multipart-incomplete",
    `expected a part named event with the event as JSON, got parts named ${fields.map((field) => field || "(no name)").join(", ")}; with curl: -F 'event={…};type=application/json'`,
  );
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

/**
 * @param taken names that images before it have
 * @throws `evidence-too-large`, `evidence-not-an-image`, `evidence-too-many-pixels`
 */
export function readImage(part: Part, taken: ReadonlySet<string>): Image {
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
