/**
 * What a JPEG's head tells of the program that encoded it: which tables, and in which order its parts stand. A camera's
 * firmware has that, and nobody chooses it. Its quantisation tables tell nothing: many cameras fit them to each picture.
 * Sources: ITU-T T.81 B.1.1.4 (segments), B.2.2 (frame header), B.2.4.2 (Huffman tables), F.1.2.2.1 (AC codes).
 */
import { createHash } from "node:crypto";
import { isFrame, type Segment } from "./jpeg-segments.ts";

const huffmanTables = 0xc4;
const alternatingCurrent = 1;
/** Codes of an AC table that can encode any 8-bit picture: one with fewer was made for the one picture. */
const wholeTableCodes = 162;
const markersMax = 24;

/**
 * One line, which is the same for all pictures that one program makes with the same settings, whatever they show. What
 * stands several times in a row stands once in it: how often depends on what the picture carries.
 * @param segments of the whole head
 */
export function encoderOf(segments: readonly Segment[]): string {
  const frame = segments.find(({ code }) => isFrame(code));
  const markers = segments.map(({ code }) => code.toString(16));
  const inOrder = markers.filter((marker, index) => marker.startsWith("c") || marker !== markers[index - 1]);
  return [
    "jpeg",
    frame ? samplingOf(frame.body) : "-",
    huffmanOf(segments),
    inOrder.slice(0, markersMax).join("."),
  ].join(" ");
}

/** How finely each component is sampled, such as `22/11/11`. */
function samplingOf(frame: Uint8Array): string {
  const components = Math.min(frame[5] ?? 0, 4);
  return Array.from({ length: components }, (_, index) => (frame[7 + index * 3] ?? 0).toString(16)).join("/");
}

/** A hash of the tables, in whatever order they stand; or that they were made for the one picture. */
function huffmanOf(segments: readonly Segment[]): string {
  const tables = segments.flatMap(({ code, body }) => (code === huffmanTables ? tablesIn(body) : []));
  if (tables.length === 0) return "none";
  const isFitted = tables.some(
    (table) => (table[0] ?? 0) >> 4 === alternatingCurrent && table.length - 17 < wholeTableCodes,
  );
  if (isFitted) return "fitted";
  const hash = createHash("sha256");
  for (const table of tables.toSorted((a, b) => Buffer.compare(a, b))) hash.update(table);
  return hash.digest("hex").slice(0, 8);
}

/** Each with its class and number, its 16 counts, and its codes' values. */
function tablesIn(body: Uint8Array): Uint8Array[] {
  const tables: Uint8Array[] = [];
  for (let at = 0; at + 17 <= body.length; ) {
    const codes = body.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0);
    tables.push(body.subarray(at, at + 17 + codes));
    at += 17 + codes;
  }
  return tables;
}
