/** Puts pages of digests together: each digest once, as the later page has it, what happened last first. */
import type { DigestSummary } from "../api/contract.ts";

export function mergeDigests(
  known: readonly DigestSummary[],
  page: readonly DigestSummary[],
): DigestSummary[] {
  const byId = new Map(known.map((digest) => [digest.id, digest]));
  for (const digest of page) byId.set(digest.id, digest);
  return [...byId.values()].toSorted(
    (a, b) => Date.parse(b.occurredAt) - Date.parse(a.occurredAt) || (a.id < b.id ? 1 : -1),
  );
}
