/**
 * The token of a shared link: 192 random bits, and a tag that only this installation makes. A made-up token is refused
 * without asking the database; of a real one only a hash is kept.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { SealingKey } from "../sealed-text.ts";

const randomLength = 24;
const tagLength = 16;

function tagOf(random: Uint8Array, key: SealingKey): Buffer {
  return createHmac("sha256", key).update("share\n").update(random).digest().subarray(0, tagLength);
}

export function createToken(key: SealingKey): string {
  const random = randomBytes(randomLength);
  return Buffer.concat([random, tagOf(random, key)]).toString("base64url");
}

/** What is kept of a token: its SHA-256. Undefined for one that was not made here. */
export function hashOf(token: string, key: SealingKey): Uint8Array | undefined {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== randomLength + tagLength || bytes.toString("base64url") !== token) return undefined;
  const random = bytes.subarray(0, randomLength);
  if (!timingSafeEqual(bytes.subarray(randomLength), tagOf(random, key))) return undefined;
  return createHash("sha256").update(bytes).digest();
}
