import { createPublicKey, verify } from "node:crypto";
import { type SignedEvidence, signedText } from "./signed-text.ts";

/** @param publicKey 32 bytes @param signature base64 */
export function isSignedBy(publicKey: Uint8Array, said: SignedEvidence, signature: string): boolean {
  const x = Buffer.from(publicKey).toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  return verify(null, signedText(said), key, Buffer.from(signature, "base64"));
}
