/**
 * Keys look like `vgl_dev_` + 32 random characters + 6 characters of checksum, so that a mistyped or invented key is
 * refused without asking the database, and a leaked one can be found by its shape.
 */
import { createHash, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";
import type { KeyKind } from "./key.sql.ts";

const tags = { device: "dev", member: "mem", worker: "wrk", operator: "opr" } as const satisfies Record<
  KeyKind,
  string
>;
const kinds = new Map<string, KeyKind>([
  ["dev", "device"],
  ["mem", "member"],
  ["wrk", "worker"],
  ["opr", "operator"],
]);
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const shape = /^(vgl_([a-z]{3})_[0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;

/** CRC-32 of the text in six base-62 digits. */
function checksum(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let place = 0; place < 6; place += 1) {
    digits = alphabet.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** A new key of 190 random bits. */
export function generate(kind: KeyKind): string {
  const random = Array.from({ length: 32 }, () => alphabet.charAt(randomInt(62))).join("");
  const body = `vgl_${tags[kind]}_${random}`;
  return body + checksum(body);
}

/** The kind that a well-formed key claims; undefined for anything else. Says nothing of whether the key exists. */
export function kindOf(key: string): KeyKind | undefined {
  const [, body, tag, check] = shape.exec(key) ?? [];
  if (body === undefined || tag === undefined || check !== checksum(body)) return undefined;
  return kinds.get(tag);
}

/** What is stored of a key: its SHA-256. A key has enough entropy that no salt or slow hash is needed. */
export function hash(key: string): Uint8Array {
  return createHash("sha256").update(key).digest();
}
