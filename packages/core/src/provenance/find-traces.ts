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

const sourceTypeUrl = "cv.iptc.org/newscodes/digitalsourcetype/";
const sourceTypesMax = 4;
/** A file that repeats one for ever is not read to its end. */
const placesMax = 64;

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
