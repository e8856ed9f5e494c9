import { createHash } from "node:crypto";
import { canonical } from "@vigil/verify/seal";
import { knownBy } from "./keep-allowed.ts";
import type { DigestReport } from "./wire.ts";

/**
 * By what a report is known: SHA-256 of its canonical JSON, so that key order and white space do not make it another one, and
 * without what a consent is needed for, so that it is the same before and after it is given or withdrawn.
 */
export function hashOf(report: DigestReport): Buffer {
  return sha256(knownBy(report));
}

/** Whether a report is the one that was stored with this hash. Those of before consents were known by all that they said. */
export function isKnownBy(report: DigestReport, stored: Uint8Array): boolean {
  return hashOf(report).equals(stored) || sha256(report).equals(stored);
}

function sha256(value: object): Buffer {
  return createHash("sha256").update(canonical(value)).digest();
}
