/**
 * What in a file's bytes may be a statement of its origin. Cheap, so that pictures without one, nearly all, cost a search and
 * no more; what is found is for the reader of manifests to judge.
 */

export type Traces = {
  /** A C2PA manifest is embedded, or something that looks like one. */
  manifest: boolean;
  /** XMP may name a manifest elsewhere. */
  remote: boolean;
  /** IPTC's digital source types that stand in the file as text: anybody can write them. */
  sourceTypes: string[];
};

/** Of a file that is searched piece by piece: how much of it is in memory. */
const pieceBytes = 1024 * 1024;
/** The longest mark, and what follows it: one that two pieces share is found in the second. */
const overlapBytes = 128;

const sourceTypeUrl = "cv.iptc.org/newscodes/digitalsourcetype/";
const sourceTypesMax = 4;
/** A file that repeats one for ever is not read to its end. */
const placesMax = 64;

/**
 * The same of a file of which only a piece is in memory at a time.
 * @param read the bytes from there on, at most so many; fewer at its end
 */
export async function findTracesInPieces(
  bytes: number,
  read: (from: number, length: number) => Promise<Uint8Array>,
): Promise<Traces> {
  const marks = { jumb: false, c2pa: false, remote: false };
  const sourceTypes = new Set<string>();
  for (let from = 0; from < bytes; from += pieceBytes) {
    const start = Math.max(0, from - overlapBytes);
    const piece = await read(start, from + pieceBytes - start);
    const buffer = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    marks.jumb ||= buffer.includes("jumb");
    marks.c2pa ||= buffer.includes("c2pa");
    marks.remote ||= buffer.includes("dcterms:provenance");
    for (const type of findSourceTypes(buffer)) if (sourceTypes.size < sourceTypesMax) sourceTypes.add(type);
  }
  return { manifest: marks.jumb && marks.c2pa, remote: marks.remote, sourceTypes: [...sourceTypes] };
}

export function findTraces(bytes: Uint8Array): Traces {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    // JUMBF boxes (ISO 19566-5), in which every container carries its manifest, uncompressed.
    manifest: buffer.includes("jumb") && buffer.includes("c2pa"),
    remote: buffer.includes("dcterms:provenance"),
    sourceTypes: findSourceTypes(buffer),
  };
}

function findSourceTypes(buffer: Buffer): string[] {
  const types = new Set<string>();
  let at = buffer.indexOf(sourceTypeUrl);
  for (let places = 0; at >= 0 && places < placesMax && types.size < sourceTypesMax; places += 1) {
    const from = at + sourceTypeUrl.length;
    const [name] = /^[A-Za-z]{1,64}/.exec(buffer.toString("latin1", from, from + 64)) ?? [];
    if (name !== undefined) types.add(name);
    at = buffer.indexOf(sourceTypeUrl, from);
  }
  return [...types];
}
