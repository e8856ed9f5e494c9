/**
 * Jobs are signed by the API and verified by workers: whoever may only send to the queue can make no worker look at
 * anything. Ed25519 (RFC 8032): the API holds the private key (`JOB_SIGNING_KEY`), a worker public keys alone
 * (`JOB_PUBLIC_KEYS`, separated by commas), so that a stolen worker can sign nothing.
 *
 * How a worker comes by the public key: the local stack makes a key pair at its first start (scripts/stack/secrets.ts)
 * and hands it to both; on AWS the private key is the secret `JobSigningKey`, and the deployment prints the public key
 * among the worker's settings (infra/worker.ts), which go into `deploy/worker.env` or `deploy/k8s/base/config.yaml`.
 * To change keys: give workers both public keys, then the API the new private key, then take the old one from workers.
 *
 * The signature is the last property of the message and covers its text up to there as it stands: nothing is parsed
 * or put in order before it is verified.
 *
 * @example
 *   await queue.send(sign(job, readSigningKey(config.JOB_SIGNING_KEY)));
 *   if (!isSigned(message.body, keys)) return refuse(message);
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from "node:crypto";

/** Tells signatures of jobs from whatever else the same key may ever sign. */
const context = "vigil-job-v1\n";
/** 64 bytes in base64url, as the last property of an object. */
const lastProperty = /,"signature":"([A-Za-z0-9_-]{86})"\}$/;

/** A job as the text of its message, signed. @param key an Ed25519 private key */
export function sign(job: Readonly<Record<string, unknown>>, key: KeyObject): string {
  const text = JSON.stringify(job);
  const signature = signBytes(null, bytesOf(text), key).toString("base64url");
  return `${text.slice(0, -1)},"signature":"${signature}"}`;
}

/** Whether the message is, to the byte, what the holder of one of the keys signed. Never throws for what a message says. */
export function isSigned(message: string, keys: readonly KeyObject[]): boolean {
  const found = lastProperty.exec(message);
  if (!found) return false;
  const signed = bytesOf(`${message.slice(0, found.index)}}`);
  const signature = Buffer.from(found[1] ?? "", "base64url");
  return keys.some((key) => verifyBytes(null, signed, key, signature));
}

function bytesOf(text: string): Buffer {
  return Buffer.from(context + text);
}

/** A new private key: PKCS #8, DER, in base64. */
export function createSigningKey(): string {
  const { privateKey } = generateKeyPairSync("ed25519");
  return privateKey.export({ type: "pkcs8", format: "der" }).toString("base64");
}

/** The public key of a private one: SPKI, DER, in base64. */
export function publicKeyOf(signingKey: string): string {
  return createPublicKey(readSigningKey(signingKey))
    .export({ type: "spki", format: "der" })
    .toString("base64");
}

/** @param text PKCS #8, DER, in base64. @throws Error for anything but an Ed25519 private key */
export function readSigningKey(text: string): KeyObject {
  return ed25519(() => createPrivateKey({ key: Buffer.from(text, "base64"), type: "pkcs8", format: "der" }));
}

/** @param text SPKI, DER, in base64. @throws Error for anything but an Ed25519 public key */
export function readPublicKey(text: string): KeyObject {
  return ed25519(() => createPublicKey({ key: Buffer.from(text, "base64"), type: "spki", format: "der" }));
}

function ed25519(read: () => KeyObject): KeyObject {
  const expected =
    "expected an Ed25519 key in base64 (openssl genpkey -algorithm ed25519 -outform DER | base64 -w0)";
  let key: KeyObject;
  try {
    key = read();
  } catch (cause) {
    throw new Error(expected, { cause });
  }
  if (key.asymmetricKeyType !== "ed25519") {
    throw new Error(`${expected}, got one of ${key.asymmetricKeyType}`);
  }
  return key;
}
