/**
 * The parts of a `multipart/form-data` body, as clients write it: lines that end with CRLF or with LF alone, a boundary in
 * quotes or without, something before the first boundary and behind the last. Sources: RFC 7578, RFC 2046 5.1.1.
 */
import { evidence as limits } from "@vigil/core/limits";
import { problem } from "@vigil/core/problem";
import { type PartHead, readPartHead } from "./part-head.ts";

export type Part = PartHead & {
  /** A view into the body. */
  bytes: Uint8Array;
};

/** @throws `multipart-incomplete` */
export function splitBody(contentType: string, body: Uint8Array): Part[] {
  const boundary = boundaryOf(contentType);
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const first = findFirst(bytes, boundary);
  const delimiter = Buffer.from(`${first.lineEnd}--${boundary}`, "latin1");
  const parts: Part[] = [];
  for (let at = first.end; ; ) {
    const next = findNext(bytes, delimiter, at, first.lineEnd);
    if (!next) {
      throw problem(
        "multipart-incomplete",
        `the body ends without its closing boundary --${boundary}--: it was cut off on its way; send it again`,
      );
    }
    parts.push(readPart(bytes.subarray(at, next.start), first.lineEnd));
    if (parts.length > limits.multipartPartsMax) {
      throw problem(
        "multipart-incomplete",
        `expected at most ${limits.multipartPartsMax} parts: one named event, and the images`,
      );
    }
    if (next.isLast) return parts;
    at = next.end;
  }
}

function boundaryOf(contentType: string): string {
  const [, quoted, bare] = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare ?? "";
  if (boundary.length >= 1 && boundary.length <= 200) return boundary;
  throw problem(
    "multipart-incomplete",
    `expected Content-Type: multipart/form-data; boundary=…, got ${contentType}; leave that header to your HTTP client, which knows the boundary`,
  );
}

type Delimiter = {
  /** Where the content before it ends. */
  start: number;
  /** Where the part behind it begins. */
  end: number;
  isLast: boolean;
};

/** The first boundary stands at the beginning or behind a line end; the line that it stands on shows how lines end. */
function findFirst(bytes: Buffer, boundary: string): { end: number; lineEnd: "\r\n" | "\n" } {
  const dashed = Buffer.from(`--${boundary}`, "latin1");
  for (let at = bytes.indexOf(dashed); at >= 0; at = bytes.indexOf(dashed, at + 1)) {
    if (at > 0 && bytes[at - 1] !== 0x0a) continue;
    for (const lineEnd of ["\r\n", "\n"] as const) {
      const end = endOfLine(bytes, at + dashed.length, lineEnd);
      if (end !== undefined) return { end, lineEnd };
    }
  }
  throw problem(
    "multipart-incomplete",
    `the body does not hold the boundary ${JSON.stringify(boundary)} that its Content-Type names; leave both to your HTTP client`,
  );
}

function findNext(bytes: Buffer, delimiter: Buffer, from: number, lineEnd: string): Delimiter | undefined {
  // A part that holds nothing at all, not even a blank line, leaves its own line end to the next boundary.
  const begin = Math.max(0, from - lineEnd.length);
  for (let at = bytes.indexOf(delimiter, begin); at >= 0; at = bytes.indexOf(delimiter, at + 1)) {
    const after = at + delimiter.length;
    const start = Math.max(at, from);
    if (bytes[after] === 0x2d && bytes[after + 1] === 0x2d) return { start, end: after + 2, isLast: true };
    const end = endOfLine(bytes, after, lineEnd);
    if (end !== undefined) return { start, end, isLast: false };
  }
  return undefined;
}

/** Behind the line end at `at`, or undefined when something else than white space stands before it. */
function endOfLine(bytes: Buffer, at: number, lineEnd: string): number | undefined {
  let end = at;
  while (bytes[end] === 0x20 || bytes[end] === 0x09) end += 1;
  return bytes.toString("latin1", end, end + lineEnd.length) === lineEnd ? end + lineEnd.length : undefined;
}

function readPart(part: Buffer, lineEnd: string): Part {
  if (part.toString("latin1", 0, lineEnd.length) === lineEnd) {
    return { ...readPartHead(part.subarray(0, 0)), bytes: part.subarray(lineEnd.length) };
  }
  const blank = part.indexOf(lineEnd + lineEnd, 0, "latin1");
  if (blank < 0 || blank > limits.multipartHeadBytesMax) {
    throw problem("multipart-incomplete", "a part has no blank line between its headers and its content");
  }
  return { ...readPartHead(part.subarray(0, blank)), bytes: part.subarray(blank + lineEnd.length * 2) };
}
