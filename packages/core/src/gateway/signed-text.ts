/**
 * What a gateway signs of a piece of evidence when it is captured, before it is stored anywhere (Ed25519, RFC 8032). A line each, so
 * that one field is never taken for another; the first says what it is, so that the signature is good for nothing else.
 */
import { createHash } from "node:crypto";

export type SignedEvidence = {
  /** Of the bytes, hex. */
  sha256: string;
  /** As the gateway's own clock has it, RFC 3339 in UTC to the millisecond. */
  at: string;
  /** Counts up with each signature of the key. */
  sequence: number;
};

export function signedText({ sha256, at, sequence }: SignedEvidence): Buffer {
  return Buffer.from(`vigil-capture/1\n${sha256}\n${at}\n${sequence}\n`);
}

/** By which a key is named: the first 8 bytes of its hash, hex. @param publicKey its 32 bytes */
export function keyIdOf(publicKey: Uint8Array): string {
  return createHash("sha256").update(publicKey).digest("hex").slice(0, 16);
}
