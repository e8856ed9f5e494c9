/** What a request means, whatever its bytes: a client that sends it again may pick a new boundary or another order of keys. */
import { createHash, type Hash } from "node:crypto";
import { Problem } from "@vigil/core/problem";
import { isForm, splitBody } from "./multipart/index.ts";

export type Sent = { method: string; path: string; contentType: string; body: Uint8Array };

/** @returns a sha256 that is equal for two requests that ask for the same */
export function fingerprintOf({ method, path, contentType, body }: Sent): Buffer {
  const hash = createHash("sha256").update(`${method} ${path}\n`);
  const parts = isForm(contentType) ? partsOf(contentType, body) : undefined;
  if (!parts) return addMeaning(hash, body).digest();
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** One hash a part, in an order of their own; undefined for a body that is no form and so means nothing. */
function partsOf(contentType: string, body: Uint8Array): Buffer[] | undefined {
  try {
    return splitBody(contentType, body)
      .map(({ field, filename, bytes }) =>
        addMeaning(createHash("sha256").update(JSON.stringify([field, filename])), bytes).digest(),
      )
      .toSorted((a, b) => Buffer.compare(a, b));
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/** JSON by its values, anything else byte by byte. */
function addMeaning(hash: Hash, bytes: Uint8Array): Hash {
  const first = bytes.find((byte) => byte > 0x20);
  if (first !== 0x7b && first !== 0x5b && first !== 0xef) return hash.update(bytes);
  try {
    return hash.update(JSON.stringify(JSON.parse(new TextDecoder().decode(bytes)), inOrder));
  } catch {
    return hash.update(bytes);
  }
}

function inOrder(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
