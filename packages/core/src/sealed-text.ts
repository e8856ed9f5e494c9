/**
 * Text that the database keeps and cannot read: AES-256-GCM under a key that it does not have. Each purpose has a key of
 * its own, derived from the secret (HKDF, RFC 5869).
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const cipher = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

export type SealingKey = Uint8Array;

/** @param purpose what the key is for; the same secret gives another key for another purpose */
export function sealingKey(secret: string, purpose: string, salt: Uint8Array | string = ""): SealingKey {
  return new Uint8Array(hkdfSync("sha256", secret, salt, purpose, 32));
}

/** Nonce, tag and ciphertext, in base64. */
export function seal(text: string, key: SealingKey): string {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, key, nonce);
  const sealed = Buffer.concat([sealing.update(text, "utf8"), sealing.final()]);
  return Buffer.concat([nonce, sealing.getAuthTag(), sealed]).toString("base64");
}

/** Undefined when it was sealed under another key or was changed since. */
export function open(sealed: string, key: SealingKey): string | undefined {
  const bytes = Buffer.from(sealed, "base64");
  if (bytes.length < nonceBytes + tagBytes) return undefined;
  const opening = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes));
  opening.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  const text = opening.update(bytes.subarray(nonceBytes + tagBytes));
  try {
    return Buffer.concat([text, opening.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}
