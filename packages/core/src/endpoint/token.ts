/**
 * Links in messages that work without signing in: each says what it is for and what it may do there, and is authenticated
 * by an HMAC. Nothing is stored for it.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import * as Id from "../id.ts";
import type { SealingKey } from "../sealed-text.ts";

/** What a link may do, and what it is for: its reader's address, or the picture of what was told. */
const subjects = {
  confirm: "endpoint",
  unsubscribe: "endpoint",
  picture: "delivery",
} as const satisfies Record<string, Id.Kind>;
export type Purpose = keyof typeof subjects;
export type Bearer = { accountId: string; id: string };

function macOf(purpose: Purpose, { accountId, id }: Bearer, key: SealingKey): Buffer {
  return createHmac("sha256", key).update(`${purpose}\n${accountId}\n${id}`).digest();
}

export function createToken(purpose: Purpose, bearer: Bearer, key: SealingKey): string {
  return [bearer.accountId, bearer.id, macOf(purpose, bearer, key).toString("base64url")].join(".");
}

/** Undefined for a token that was not made here for this purpose. */
export function readToken(purpose: Purpose, token: string, key: SealingKey): Bearer | undefined {
  const [accountId = "", id = "", mac = "", ...rest] = token.split(".");
  if (rest.length > 0 || !isId("account", accountId) || !isId(subjects[purpose], id)) return undefined;
  const expected = macOf(purpose, { accountId, id }, key);
  const offered = Buffer.from(mac, "base64url");
  const same = offered.length === expected.length && timingSafeEqual(offered, expected);
  return same ? { accountId, id } : undefined;
}

function isId(kind: Id.Kind, text: string): boolean {
  return Id.of(kind).safeParse(text).success;
}
