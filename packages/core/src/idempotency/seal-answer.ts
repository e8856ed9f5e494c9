/**
 * Answers that are kept hold what nobody but the asker may read: a device's new key, URLs that upload. So they are kept
 * sealed, and the key comes from the asker's credential, of which the database has only a hash: a stolen table gives
 * nothing away.
 */
import * as Sealed from "../sealed-text.ts";

/** The fingerprint tells requests apart: each answer has a key of its own. */
type Request = { credential: string; fingerprint: Uint8Array };

function keyOf({ credential, fingerprint }: Request): Sealed.SealingKey {
  return Sealed.sealingKey(credential, "vigil idempotency answer", fingerprint);
}

export function seal(answer: string, request: Request): string {
  return Sealed.seal(answer, keyOf(request));
}

/** Undefined when it was sealed under another credential or for another request, or was changed since. */
export function open(text: string, request: Request): string | undefined {
  return Sealed.open(text, keyOf(request));
}
