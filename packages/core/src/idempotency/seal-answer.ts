/**
 * Answers that are kept hold what nobody but the asker may read: a device's new key, URLs that upload. So they are kept
 * encrypted (AES-256-GCM), and the key comes from the asker's credential, of which the database has only a hash: a
 * stolen table gives nothing away. HKDF is RFC 5869.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** The fingerprint tells requests apart: each answer has a key of its own. */
type Request = { credential: string; fingerprint: Uint8Array };

const cipher = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

function keyOf({ credential, fingerprint }: Request): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", credential, fingerprint, "vigil idempotency answer", 32));
}

/** Nonce, tag and ciphertext, in base64. */
export function seal(answer: string, request: Request): string {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, keyOf(request), nonce);
  const sealed = Buffer.concat([sealing.update(answer, "utf8"), sealing.final()]);
  return Buffer.concat([nonce, sealing.getAuthTag(), sealed]).toString("base64");
}

/** Undefined when it was sealed under another credential or for another request, or was changed since. */
export function open(text: string, request: Request): string | undefined {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length < nonceBytes + tagBytes) return undefined;
  const opening = createDecipheriv(cipher, keyOf(request), bytes.subarray(0, nonceBytes));
  opening.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  const answer = opening.update(bytes.subarray(nonceBytes + tagBytes));
  try {
    return Buffer.concat([answer, opening.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}
