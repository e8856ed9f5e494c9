/** The pictures of a folder, or of a list, in the order in which the run numbers them. */
import { open, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { type Found, gather, headBytes, judge, type Listing } from "./picture.ts";

/**
 * @param place a folder, which is read with its folders in the order of names; or a list, whose lines are paths beside it, in
 *   their own order
 */
export async function listPictures(place: string): Promise<Listing> {
  const isFolder = (await stat(place)).isDirectory();
  const base = isFolder ? place : dirname(place);
  const listing: Listing = { pictures: [], skipped: [] };
  for (const name of isFolder ? await namesIn(place) : await namesOf(place)) {
    gather([[name, await look(resolve(base, name))]], listing);
  }
  return listing;
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .toSorted((a, b) => (a < b ? -1 : 1));
}

async function namesOf(list: string): Promise<string[]> {
  const lines = (await readFile(list, "utf8")).split(/\r?\n/).map(firstField);
  return lines.filter((name, index) => name !== "" && !(index === 0 && name.toLowerCase() === "path"));
}

/** RFC 4180: a field in quotes may hold commas, and quotes written twice. */
function firstField(line: string): string {
  const quoted = /^"((?:[^"]|"")*)"/.exec(line)?.[1];
  return quoted === undefined ? (line.split(",")[0] ?? "").trim() : quoted.replaceAll('""', '"');
}

async function look(path: string): Promise<Found> {
  try {
    const file = await open(path);
    try {
      const { size: bytes } = await file.stat();
      const head = Buffer.alloc(headBytes);
      await file.read(head, 0, headBytes, 0);
      return { bytes, read: () => readFile(path), ...judge(head, bytes) };
    } finally {
      await file.close();
    }
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}
