/** What a file says of its own origin, put into one answer: a signed statement before what anybody can have written. */
import { generatedSourceTypes, type Provenance, statedSourceTypes } from "../authenticity/wire.ts";
import { check as limits } from "../limits-check.ts";
import type { Declared } from "./wire.ts";

/** IPTC's words for what a camera or a scanner took (https://cv.iptc.org/newscodes/digitalsourcetype/). */
const captured = new Set(["digitalCapture", "computationalCapture", "negativeFilm", "positiveFilm", "print"]);

/** @param generators that the metadata names */
export function judgeDeclared(provenance: Provenance | null, generators: readonly string[]): Declared {
  const { status, sourceTypesBy } = provenance ?? {};
  const isSigned = status === "trusted" || status === "valid-untrusted";
  const counted = statedSourceTypes(provenance);
  const by = isSigned && sourceTypesBy === "manifest" ? "signed-manifest" : "metadata";
  const types = counted.filter((type) => generatedSourceTypes.has(type));
  if (types.length > 0) {
    const says = [...types, ...(by === "metadata" ? generators : [])];
    return { status: "generated", by, says: says.slice(0, limits.reasonsMax) };
  }
  if (generators.length > 0) {
    return { status: "generated", by: "metadata", says: generators.slice(0, limits.reasonsMax) };
  }
  const taken = counted.filter((type) => captured.has(type));
  if (taken.length > 0) return { status: "captured", by, says: taken.slice(0, limits.reasonsMax) };
  return { status: "silent", says: [] };
}
