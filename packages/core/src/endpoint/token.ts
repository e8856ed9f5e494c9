/**
 * Links in e-mails that work without signing in: each says which endpoint it is for and what it may do there, and is
 * authenticated by an HMAC. Nothing is stored for it.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import * as Id from "../id.ts";
import type { SealingKey } from "../sealed-text.ts";

export type Purpose = "confirm" | "unsubscribe";
export type Bearer = { accountId: string; endpointId: string };

function macOf(purpose: Purpose, { accountId, endpointId }: Bearer, key: SealingKey): Buffer {
  return createHmac("sha256", key).update(`${purpose}\n${accountId}\n${endpointId}`).digest();
}

export function createToken(purpose: Purpose, bearer: Bearer, key: SealingKey): string {
  const mac = macOf(purpose, bearer, key).toString("base64url");
  return [bearer.accountId, bearer.endpointId, mac].join(".");
}

/** Undefined for a token that was not made here for this purpose. */
export function readToken(purpose: Purpose, token: string, key: SealingKey): Bearer | undefined {
  const [accountId = "", endpointId = "", mac = "", ...rest] = token.split(".");
  if (rest.length > 0 || !isId("account", accountId) || !isId("endpoint", endpointId)) return undefined;
  const expected = macOf(purpose, { accountId, endpointId }, key);
  const offered = Buffer.from(mac, "base64url");
  const same = offered.length === expected.length && timingSafeEqual(offered, expected);
  return same ? { accountId, endpointId } : undefined;
}

function isId(kind: Id.Kind, text: string): boolean {
  return Id.of(kind).safeParse(text).success;
}
