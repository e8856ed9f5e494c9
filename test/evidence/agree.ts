/**
 * Whether intake, seal and worker say the same of bytes that nobody wrote on purpose, and say it without breaking. Used by
 * `test/evidence.test.ts`, and by `npm run fuzz:evidence` for as many rounds as one has time for.
 */
import assert from "node:assert/strict";
import { EventInput } from "@vigil/core/event/wire";
import * as Evidence from "@vigil/core/evidence";
import { evidence } from "@vigil/core/limits";
import { Problem } from "@vigil/core/problem";
import sharp from "sharp";
import { matched, parseBounded } from "../../functions/src/api/body.ts";
import { readForm, splitBody } from "../../functions/src/api/multipart/index.ts";
import { eventPart, formBody, imagePart } from "../../functions/testing/forms.ts";
import { type DecodeOptions, decode, UnreadableImage } from "../../gpu-worker/src/pipe/decode/index.ts";
import { readHeader } from "../../gpu-worker/src/pipe/decode/read-header.ts";
import { type Kind, mutate } from "../../packages/core/testing/picture-heads.ts";

export type Ending = "taken" | "refused";

/** Anything but a problem below 500, or an unreadable image, is a defect. */
function expected(error: unknown): undefined {
  if (error instanceof UnreadableImage) return undefined;
  assert.ok(error instanceof Problem && error.status < 500, `expected a refusal, got ${String(error)}`);
  return undefined;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    return expected(error);
  }
}

/** The three readers ask in their own way: without a type, with the announced one, and as the worker does. */
export function agreeOnPicture(bytes: Uint8Array): Ending {
  const intake = attempt(() => Evidence.inspect("a", bytes));
  const contentType = intake?.contentType ?? Evidence.sniff(bytes) ?? "image/jpeg";
  const seal = attempt(() => Evidence.inspect("a", bytes, contentType));
  const worker = attempt(() => readHeader(bytes, { contentType, pixelsMax: evidence.pixelsMax }));
  assert.deepEqual(seal, intake, "seal and intake");
  assert.equal(worker === undefined, intake === undefined, "worker and intake");
  if (!intake || !worker) return "refused";
  assert.deepEqual([worker.width, worker.height], [intake.width, intake.height], "worker and intake");
  return "taken";
}

/** A form is taken with every picture in it, or refused. */
export function agreeOnForm(contentType: string, body: Uint8Array): Ending {
  const read = attempt(() => readForm(contentType, body, (text) => matched(EventInput, parseBounded(text))));
  if (!read) return "refused";
  const filled = splitBody(contentType, body).filter(
    ({ field, filename, bytes }) =>
      field !== "event" && field !== "_charset_" && (bytes.length > 0 || (filename ?? "") !== ""),
  );
  assert.equal(read.images.length, filled.length, "no part is left out");
  const names = new Set(read.images.map(({ name }) => name));
  assert.equal(names.size, read.images.length, "each picture has a name of its own");
  for (const { name, bytes, contentType: type } of read.images) {
    assert.match(name, /^[A-Za-z0-9._:-]{1,64}$/);
    assert.equal(Evidence.inspect(name, bytes, type).contentType, type);
    assert.equal(agreeOnPicture(bytes), "taken");
  }
  return "taken";
}

const options: Omit<DecodeOptions, "contentType"> = {
  inputSize: 64,
  layout: "yolov8",
  rectangular: true,
  pixelsMax: 1_000_000,
};

/** What the decoder takes is taken, at the size that the decoder sees; what is refused, it refuses too. */
export async function agreeWithDecoder(bytes: Uint8Array): Promise<Ending> {
  const head = Evidence.readHead(bytes);
  const theirs =
    bytes.length === 0
      ? undefined
      : await sharp(bytes, { limitInputPixels: false, failOn: "none" })
          .metadata()
          .catch(() => undefined);
  if ("fault" in head) {
    assert.equal(theirs, undefined, `refused, but the decoder takes it: ${head.fault}`);
    return "refused";
  }
  const { width, height, orientation, contentType } = head;
  if (theirs) {
    assert.deepEqual(
      [width, height, orientation, contentType],
      [theirs.width, theirs.height, theirs.orientation ?? 1, `image/${theirs.format}`],
    );
  }
  const image = await decode(bytes, { ...options, contentType }).catch(expected);
  if (!image) return "refused";
  assert.ok(theirs, "decoded although the decoder does not know it");
  const shown = orientation < 5 ? [width, height] : [height, width];
  assert.deepEqual([image.width, image.height], shown);
  return "taken";
}

const event = {
  id: "fuzz-1",
  type: "person",
  occurredAt: "2026-06-01T21:14:05.120Z",
  zone: "Haustür",
  confidence: 0.9,
};

export type Form = { contentType: string; body: Uint8Array };

/** Forms as clients write them: the seeds of mutation. */
export function formKinds(pictures: readonly Kind[]): Form[] {
  const [one, two] = pictures;
  assert.ok(one && two);
  const contentType = "multipart/form-data; boundary=xxBOUNDxx";
  const form = (parts: Parameters<typeof formBody>[0], lineEnd = "\r\n") => ({
    contentType,
    body: formBody(parts, { lineEnd }),
  });
  return [
    form([eventPart(event), imagePart(one.bytes, '; filename="Front Door (1).jpg"')]),
    form([eventPart(event), imagePart(one.bytes), imagePart(two.bytes)]),
    form([imagePart(two.bytes, '; filename="C:\\cam\\Tür.jpg"'), eventPart({ ...event, zone: null })]),
    form([eventPart(event), imagePart(one.bytes, "; filename*=UTF-8''T%C3%BCr.jpg", "")], "\n"),
    form([eventPart(event, 'Content-Disposition: form-data; name="event"; filename="e.json"')]),
  ];
}

const fragments = [
  "\r\n",
  "\n",
  "\r\n\r\n",
  "--xxBOUNDxx",
  "\r\n--xxBOUNDxx\r\n",
  "\r\n--xxBOUNDxx--",
  '"',
  "\\",
  "; filename=",
  "; filename*=UTF-8''%",
  "; name=event",
  "Content-Transfer-Encoding: base64\r\n",
  "Content-Type: text/plain; charset=utf-16\r\n",
  "\ufeff",
  "\0",
  "%00%22",
  "null",
  "\ud83d\ude00".repeat(30),
].map((text) => Buffer.from(text));

const headers = [
  "multipart/form-data",
  'multipart/form-data; boundary="xxBOUNDxx"',
  "multipart/form-data; boundary=xx",
  "multipart/form-data; boundary=",
  "Multipart/Form-Data; charset=x; BOUNDARY=xxBOUNDxx",
];

/** One to four wounds, most of them where the text is; now and then another header. */
export function mutateForm({ contentType, body }: Form, random: () => number): Form {
  const below = (bound: number) => Math.floor(random() * bound);
  if (random() < 0.3) {
    const header = random() < 0.1 ? (headers[below(headers.length)] ?? contentType) : contentType;
    return { contentType: header, body: mutate(body, random) };
  }
  let bytes = Buffer.from(body);
  for (let wounds = 1 + below(3); wounds > 0; wounds -= 1) {
    const at = below(random() < 0.7 ? Math.min(bytes.length, 420) : bytes.length);
    const piece = random() < 0.7 ? fragments[below(fragments.length)] : bytes.subarray(at, at + below(200));
    const skipped = random() < 0.5 ? below(12) : 0;
    bytes = Buffer.concat([bytes.subarray(0, at), piece ?? bytes, bytes.subarray(at + skipped)]);
  }
  return { contentType, body: bytes };
}
