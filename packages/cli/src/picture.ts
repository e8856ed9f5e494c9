/** A picture to take in, wherever it lies. */
export type ContentType = "image/jpeg" | "image/png" | "image/webp";
export type Picture = {
  /** Its number in the run, from 0. */
  no: number;
  name: string;
  bytes: number;
  contentType: ContentType;
  /** Reads it whole, each time anew. */
  read: () => Promise<Uint8Array<ArrayBuffer>>;
};
export type Skipped = { name: string; why: string };
export type Listing = { pictures: Picture[]; skipped: Skipped[] };
/** What was found at a name. */
export type Found = Omit<Picture, "no" | "name"> | { why: string };

const bytesMax = 5 * 1024 * 1024;
/** By so many bytes its type is known. */
export const headBytes = 12;

/** What it is, by magic number: a name promises nothing. */
export function judge(head: Uint8Array, bytes: number): { contentType: ContentType } | { why: string } {
  const contentType = typeOf(Buffer.from(head).toString("latin1"));
  if (!contentType) return { why: "no JPEG, PNG or WebP" };
  return bytes > bytesMax ? { why: "larger than 5 MiB" } : { contentType };
}

function typeOf(head: string): ContentType | undefined {
  if (head.startsWith("\xff\xd8")) return "image/jpeg";
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  return head.startsWith("RIFF") && head.slice(8, 12) === "WEBP" ? "image/webp" : undefined;
}

/** Numbers what are pictures, in the order in which they were found. */
export function gather(found: Iterable<readonly [name: string, Found]>, listing: Listing): void {
  for (const [name, one] of found) {
    if ("why" in one) listing.skipped.push({ name, why: one.why });
    else listing.pictures.push({ no: listing.pictures.length, name, ...one });
  }
}
