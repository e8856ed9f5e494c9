/** What bytes really are, as intake and seal judge them. */
import { createHash } from "node:crypto";
import type { ContentType } from "../event/wire.ts";
import { problem } from "../problem.ts";
import { findExcess } from "./find-excess.ts";
import { readHead } from "./read-head.ts";

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Checks a whole piece of evidence by its head and answers its size in pixels, as stored.
 * @param contentType as announced, when it was
 * @throws `evidence-not-an-image`, `evidence-mismatch`, `evidence-too-many-pixels`
 */
export function inspect(
  name: string,
  bytes: Uint8Array,
  contentType?: string,
): { contentType: ContentType; width: number; height: number } {
  const head = readHead(bytes);
  if ("fault" in head) throw problem("evidence-not-an-image", `${name}: ${head.fault}`);
  const { contentType: actual, width, height } = head;
  if (contentType !== undefined && contentType !== actual) {
    throw problem("evidence-mismatch", `${name}: expected ${contentType} as announced, got ${actual}`);
  }
  const excess = findExcess(head, bytes);
  if (excess) throw problem("evidence-too-many-pixels", `${name}: ${excess.detail}`);
  return { contentType: actual, width, height };
}
