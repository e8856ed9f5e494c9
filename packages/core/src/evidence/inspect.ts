/** What bytes really are: type by magic number, size in pixels by the image's header. Nothing is decoded. */
import { createHash } from "node:crypto";
import { imageSize } from "image-size";
import type { ContentType } from "../event/wire.ts";
import { evidence } from "../limits.ts";
import { problem } from "../problem.ts";

const ascii = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes.subarray(from, to)).toString("latin1");

/** The content type that the magic number says, or undefined when it is none that Vigil takes. */
export function sniff(bytes: Uint8Array): ContentType | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "image/jpeg";
  if (ascii(bytes, 0, 8) === "\x89PNG\r\n\x1a\n") return "image/png";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "image/webp";
  return undefined;
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Checks the first bytes of a piece of evidence (at least its header) and answers its size in pixels.
 * @throws `evidence-not-an-image`, `evidence-mismatch`, `evidence-too-many-pixels`
 */
export function inspect(
  name: string,
  start: Uint8Array,
  contentType?: string,
): { contentType: ContentType; width: number; height: number } {
  const actual = sniff(start);
  if (actual === undefined) {
    throw problem(
      "evidence-not-an-image",
      `${name}: expected a JPEG, PNG or WebP image, got bytes that are none of them`,
    );
  }
  if (contentType !== undefined && contentType !== actual) {
    throw problem("evidence-mismatch", `${name}: expected ${contentType} as announced, got ${actual}`);
  }
  const { width, height } = headerSize(name, start);
  if (width * height > evidence.pixelsMax) {
    throw problem(
      "evidence-too-many-pixels",
      `${name}: expected at most ${evidence.pixelsMax / 1e6} megapixels, got ${width} x ${height} = ${((width * height) / 1e6).toFixed(1)}`,
    );
  }
  return { contentType: actual, width, height };
}

function headerSize(name: string, start: Uint8Array): { width: number; height: number } {
  try {
    return imageSize(start);
  } catch (cause) {
    throw problem("evidence-not-an-image", `${name}: the image's header could not be read`, { cause });
  }
}
