declare module "http_ece" {
  import type { ECDH } from "node:crypto";

  /** Decrypts content of RFC 8188 for whoever holds the private key (RFC 8291). */
  const ece: {
    decrypt(
      bytes: Uint8Array,
      options: { version: "aes128gcm"; privateKey: ECDH; authSecret: string },
    ): Buffer;
  };
  export default ece;
}
