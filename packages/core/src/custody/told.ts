/** What of a digest is logged: what it says to its reader. */
import { createHash } from "node:crypto";
import { canonical } from "@vigil/verify/seal";

/** @returns SHA-256 of what the digest says, hex; `@vigil/verify/bundle` reads the same fields out of a bundle */
export function hashOfTold(digest: {
  level: unknown;
  title: unknown;
  summary: unknown;
  timeline: unknown;
  counts: unknown;
  reasons: unknown;
  recommendation: unknown;
  occurredAt: string;
}): string {
  const { level, title, summary, timeline, counts, reasons, recommendation, occurredAt } = digest;
  const told = { level, title, summary, timeline, counts, reasons, recommendation, occurredAt };
  return createHash("sha256").update(canonical(told)).digest("hex");
}
