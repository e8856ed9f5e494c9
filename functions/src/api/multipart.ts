/** Multipart events: one part `event` with the JSON, and one file part per image, its filename the evidence name. */
import { EventInput } from "@vigil/core/event/wire";
import { inspect, sha256 } from "@vigil/core/evidence";
import type { Image } from "@vigil/core/flow";
import { evidence as limits } from "@vigil/core/limits";
import { problem } from "@vigil/core/problem";
import type { Context } from "hono";
import { matched, parseBounded } from "./body.ts";

const nameShape = /^[A-Za-z0-9._:-]{1,64}$/;

export function isMultipart(c: Context): boolean {
  return /^multipart\/form-data\b/i.test(c.req.header("content-type") ?? "");
}

/**
 * Reads the whole body and inspects every image before anything is stored.
 * @throws `multipart-incomplete`, `evidence-too-large`, `evidence-not-an-image`, `evidence-too-many-pixels`,
 *   `evidence-mismatch`, and what the event as JSON is refused with
 */
export async function readMultipart(c: Context): Promise<{ event: EventInput; images: Image[] }> {
  const form = await readForm(c);
  const part = form.get("event");
  if (part === null) {
    throw problem(
      "multipart-incomplete",
      "expected a part named event with the event as JSON; with curl: -F 'event={…};type=application/json'",
    );
  }
  const event = matched(EventInput, parseBounded(typeof part === "string" ? part : await part.text()));
  const files = [...form.entries()].flatMap(([field, value]) =>
    field === "event" || typeof value === "string" ? [] : [value],
  );
  if (files.length > limits.perEventMax) {
    throw problem("evidence-too-large", `expected at most ${limits.perEventMax} images, got ${files.length}`);
  }
  const images: Image[] = [];
  for (const file of files) images.push(await readImage(file));
  const twice = images.find(
    (image, index) => images.findIndex((other) => other.name === image.name) !== index,
  );
  if (twice) throw problem("evidence-mismatch", `expected each filename once, got ${twice.name} twice`);
  assertAnnounced(event, images);
  return { event, images };
}

async function readForm(c: Context): Promise<FormData> {
  try {
    return await c.req.formData();
  } catch (cause) {
    throw problem(
      "multipart-incomplete",
      "the multipart body could not be read: a boundary or a header is damaged",
      { cause },
    );
  }
}

async function readImage(file: File): Promise<Image> {
  if (!nameShape.test(file.name)) {
    throw problem(
      "evidence-mismatch",
      `expected a filename of 1 to 64 of A-Z a-z 0-9 . _ : -, got ${JSON.stringify(file.name).slice(0, 80)}`,
    );
  }
  if (file.size > limits.bytesMax) {
    throw problem(
      "evidence-too-large",
      `${file.name}: expected at most ${limits.bytesMax} bytes, got ${file.size}`,
    );
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { contentType } = inspect(file.name, bytes);
  return { name: file.name, bytes, contentType, sha256: sha256(bytes) };
}

/** What was announced as well must be what came. */
function assertAnnounced(event: EventInput, images: readonly Image[]): void {
  if (event.evidence === undefined) return;
  const sent = new Map(images.map((image) => [image.name, image]));
  for (const { name, bytes, sha256: expected, contentType } of event.evidence) {
    const image = sent.get(name);
    if (!image)
      throw problem("evidence-missing", `${name} was announced, but there is no part with that filename`);
    if (image.sha256 !== expected || image.bytes.byteLength !== bytes || image.contentType !== contentType) {
      throw problem(
        "evidence-mismatch",
        `${name}: expected ${contentType}, ${bytes} bytes, sha256 ${expected}; got ${image.contentType}, ${image.bytes.byteLength} bytes, sha256 ${image.sha256}`,
      );
    }
  }
  const unannounced = images.find((image) => !event.evidence?.some((piece) => piece.name === image.name));
  if (unannounced)
    throw problem(
      "evidence-mismatch",
      `${unannounced.name} was sent but not announced; leave evidence out, or name every image`,
    );
}
