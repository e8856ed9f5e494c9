/**
 * The key with which this gateway signs what it captures: made at its first start, and kept beside what it stores. Whoever
 * removes its file has another one made; the API is told each, and goes on verifying with those that it was told.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { keyIdOf, signedText } from "@vigil/core/gateway/signed-text";
import type { EvidenceSignature } from "@vigil/core/gateway/wire";

export type CaptureKey = {
  /** 32 bytes in base64. */
  publicKey: string;
  sign(captured: { sha256: string; wallMs: number; sequence: number }): KeptSignature;
};

/** Of a piece of evidence, which has its own name. */
export type KeptSignature = Omit<EvidenceSignature, "name">;

const file = "capture-key.pem";

/** A key that cannot be read is replaced, and one that cannot be kept is good until the gateway ends: evidence goes on in any case. */
export function openCaptureKey(directory: string): CaptureKey {
  const path = join(directory, file);
  const key = readKey(path) ?? makeKey(path);
  const { x = "" } = createPublicKey(key).export({ format: "jwk" });
  const publicKey = Buffer.from(x, "base64url");
  const keyId = keyIdOf(publicKey);
  return {
    publicKey: publicKey.toString("base64"),
    sign({ sha256, wallMs, sequence }) {
      const at = new Date(Math.round(wallMs)).toISOString();
      const signature = sign(null, signedText({ sha256, at, sequence }), key).toString("base64");
      return { keyId, sequence, at, signature };
    },
  };
}

function readKey(path: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(readFileSync(path));
    return key.asymmetricKeyType === "ed25519" ? key : undefined;
  } catch {
    return undefined;
  }
}

/** After a power cut there is a whole key or none. */
function makeKey(path: string): KeyObject {
  const { privateKey } = generateKeyPairSync("ed25519");
  const written = `${path}.new`;
  try {
    rmSync(written, { force: true });
    const handle = openSync(written, "wx", 0o600);
    try {
      writeSync(handle, privateKey.export({ format: "pem", type: "pkcs8" }).toString());
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(written, path);
  } catch {
    // A disk without room, or one that cannot be written to.
  }
  return privateKey;
}
