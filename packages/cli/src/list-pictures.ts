/** The pictures of a folder, or of a list, in the order in which the run numbers them. */
import { open, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";

export type ContentType = "image/jpeg" | "image/png" | "image/webp";
export type LocalPicture = {
  no: number;
  name: string;
  path: string;
  bytes: number;
  contentType: ContentType;
};
export type Skipped = { name: string; why: string };
export type Listing = { pictures: LocalPicture[]; skipped: Skipped[] };

const bytesMax = 5 * 1024 * 1024;
const headBytes = 12;

/**
 * @param place a folder, which is read with its folders in the order of names; or a list, whose lines are paths beside it, in
 *   their own order
 */
export async function listPictures(place: string): Promise<Listing> {
  const isFolder = (await stat(place)).isDirectory();
  const base = isFolder ? place : dirname(place);
  const names = isFolder ? await namesIn(place) : await namesOf(place);
  const pictures: LocalPicture[] = [];
  const skipped: Skipped[] = [];
  for (const name of names) {
    const found = await look(resolve(base, name));
    if ("why" in found) skipped.push({ name, why: found.why });
    else pictures.push({ no: pictures.length, name, ...found });
  }
  return { pictures, skipped };
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

async function look(
  path: string,
): Promise<{ why: string } | { path: string; bytes: number; contentType: ContentType }> {
  try {
    const file = await open(path);
    try {
      const { size: bytes } = await file.stat();
      const head = Buffer.alloc(headBytes);
      await file.read(head, 0, headBytes, 0);
      const contentType = typeOf(head);
      if (!contentType) return { why: "no JPEG, PNG or WebP" };
      return bytes > bytesMax ? { why: "larger than 5 MiB" } : { path, bytes, contentType };
    } finally {
      await file.close();
    }
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

/** By magic number: a name promises nothing. */
function typeOf(head: Buffer): ContentType | undefined {
  const text = head.toString("latin1");
  if (text.startsWith("\xff\xd8")) return "image/jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  return text.startsWith("RIFF") && text.slice(8, 12) === "WEBP" ? "image/webp" : undefined;
}
