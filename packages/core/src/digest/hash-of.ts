import { createHash } from "node:crypto";
import { canonical } from "@vigil/verify/seal";
import type { DigestReport } from "./wire.ts";

/** By what a report is known: SHA-256 of its canonical JSON, so that key order and white space do not make it another one. */
export function hashOf(report: DigestReport): Buffer {
  return createHash("sha256").update(canonical(report)).digest();
}
