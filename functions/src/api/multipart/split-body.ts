/**
 * The parts of a `multipart/form-data` body, as clients write it: lines that end with CRLF or with LF alone, a boundary in
 * quotes or without, something before the first boundary and behind the last. Sources: RFC 7578, RFC 2046 5.1.1.
 */
import { evidence as limits } from "@vigil/core/limits";
import { problem } from "@vigil/core/problem";
import { createHeld, type Held } from "./held-bytes.ts";
import { type PartHead, readPartHead } from "./part-head.ts";

export type Part = PartHead & {
  /** A view into the body. */
  bytes: Uint8Array;
};

/** Splits a body that comes in pieces. */
export type Splitter = {
  /** @returns the parts that are whole by now @throws `multipart-incomplete`, `evidence-too-large` */
  push(chunk: Uint8Array): Part[];
  /** Nothing more comes. @throws `multipart-incomplete` */
  end(): void;
};

/** @throws `multipart-incomplete` */
export function splitBody(contentType: string, body: Uint8Array): Part[] {
  const splitter = createSplitter(contentType);
  const parts = splitter.push(body);
  splitter.end();
  return parts;
}

/**
 * @param partBytesMax how much of a part, and of what precedes the first one, is held
 * @throws `multipart-incomplete`
 */
export function createSplitter(contentType: string, partBytesMax = Number.POSITIVE_INFINITY): Splitter {
  const boundary = boundaryOf(contentType);
  const held = createHeld(partBytesMax);
  let lines: Lines | undefined;
  let count = 0;
  let isDone = false;

  /** The next part, or undefined while it is not whole. */
  function take(): Part | undefined {
    lines ??= findFirst(held, boundary);
    if (!lines) return undefined;
    const { lineEnd, delimiter } = lines;
    const next = findNext(held, delimiter, lineEnd);
    if (!next) return undefined;
    count += 1;
    if (count > limits.multipartPartsMax) {
      throw problem(
        "multipart-incomplete",
        `expected at most ${limits.multipartPartsMax} parts: one named event, and the images`,
      );
    }
    const part = readPart(held.bytes().subarray(lineEnd.length, next.start), lineEnd);
    isDone = next.isLast;
    // A part that holds nothing at all, not even a blank line, leaves its own line end to the next boundary.
    held.drop(next.end - lineEnd.length);
    return part;
  }

  return {
    push(chunk) {
      const parts: Part[] = [];
      // What stands behind the last boundary is nobody's.
      if (isDone) return parts;
      held.append(chunk);
      for (let part = take(); part; part = isDone ? undefined : take()) parts.push(part);
      if (!isDone && held.bytes().length > partBytesMax) throw tooLarge(held, lines);
      return parts;
    },
    end() {
      if (isDone) return;
      if (!lines) {
        throw problem(
          "multipart-incomplete",
          `the body does not hold the boundary ${JSON.stringify(boundary)} that its Content-Type names; leave both to your HTTP client`,
        );
      }
      throw problem(
        "multipart-incomplete",
        `the body ends without its closing boundary --${boundary}--: it was cut off on its way; send it again`,
      );
    },
  };
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

type LineEnd = "\r\n" | "\n";
/** How the lines of this body end, and what ends its parts. */
type Lines = { lineEnd: LineEnd; delimiter: Buffer };

/**
 * The first boundary stands at the beginning or behind a line end; the line that it stands on shows how lines end. Drops
 * what precedes it, but for that line end.
 */
function findFirst(held: Held, boundary: string): Lines | undefined {
  const dashed = Buffer.from(`--${boundary}`, "latin1");
  const bytes = held.bytes();
  for (let at = bytes.indexOf(dashed, held.seen); at >= 0; at = bytes.indexOf(dashed, at + 1)) {
    held.seen = at;
    if (at > 0 && bytes[at - 1] !== 0x0a) continue;
    for (const lineEnd of ["\r\n", "\n"] as const) {
      const end = endOfLine(bytes, at + dashed.length, lineEnd);
      if (end === "undecided") return undefined;
      if (end === undefined) continue;
      held.drop(end - lineEnd.length);
      return { lineEnd, delimiter: Buffer.from(`${lineEnd}--${boundary}`, "latin1") };
    }
  }
  held.seen = Math.max(held.seen, bytes.length - dashed.length);
  return undefined;
}

type Delimiter = {
  /** Where the content before it ends. */
  start: number;
  /** Where the part behind it begins. */
  end: number;
  isLast: boolean;
};

/** Begins at the line end of the boundary before the part. */
function findNext(held: Held, delimiter: Buffer, lineEnd: LineEnd): Delimiter | undefined {
  const bytes = held.bytes();
  for (let at = bytes.indexOf(delimiter, held.seen); at >= 0; at = bytes.indexOf(delimiter, at + 1)) {
    held.seen = at;
    const after = at + delimiter.length;
    const start = Math.max(at, lineEnd.length);
    if (bytes[after] === 0x2d && bytes[after + 1] === 0x2d) return { start, end: after + 2, isLast: true };
    if (bytes[after] === 0x2d && after + 1 === bytes.length) return undefined;
    const end = endOfLine(bytes, after, lineEnd);
    if (end === "undecided") return undefined;
    if (end !== undefined) return { start, end, isLast: false };
    held.seen = at + 1;
  }
  held.seen = Math.max(held.seen, bytes.length - delimiter.length);
  return undefined;
}

/**
 * Behind the line end at `at`; undefined when something else than white space stands before it, and `undecided` where that
 * is not known yet.
 */
function endOfLine(bytes: Buffer, at: number, lineEnd: LineEnd): number | "undecided" | undefined {
  let end = at;
  while ((bytes[end] === 0x20 || bytes[end] === 0x09) && end - at < limits.multipartHeadBytesMax) end += 1;
  const there = bytes.toString("latin1", end, end + lineEnd.length);
  if (there === lineEnd) return end + lineEnd.length;
  return lineEnd.startsWith(there) ? "undecided" : undefined;
}

function readPart(part: Buffer, lineEnd: LineEnd): Part {
  if (part.toString("latin1", 0, lineEnd.length) === lineEnd) {
    return { ...readPartHead(part.subarray(0, 0)), bytes: part.subarray(lineEnd.length) };
  }
  const blank = part.indexOf(lineEnd + lineEnd, 0, "latin1");
  if (blank < 0 || blank > limits.multipartHeadBytesMax) {
    throw problem("multipart-incomplete", "a part has no blank line between its headers and its content");
  }
  return { ...readPartHead(part.subarray(0, blank)), bytes: part.subarray(blank + lineEnd.length * 2) };
}

/** A part that would not end, by its name; or something that is no form. */
function tooLarge(held: Held, lines: Lines | undefined) {
  if (!lines) {
    return problem("multipart-incomplete", "expected the body to begin with its first boundary");
  }
  const { field, filename } = readPart(held.bytes().subarray(lines.lineEnd.length), lines.lineEnd);
  const called = filename || field || "a part without a name";
  return problem("evidence-too-large", `${called}: expected at most ${limits.bytesMax} bytes`);
}
