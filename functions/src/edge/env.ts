/** What travels with a request through the worker. */

import { kindOf } from "@vigil/core/key/format";
import { problem } from "@vigil/core/problem";
import type { Context, MiddlewareHandler } from "hono";
import { bearer, type ProblemTitles } from "../api/context.ts";

/** Where the worker says what went wrong. */
export type Log = Record<"warn" | "error", (fields: object, text: string) => void>;

export type EdgeEnv = { Variables: { requestId: string; titles: ProblemTitles } };

/**
 * A key that is none is refused without asking the API; whether one is good, only that knows.
 * @throws `unauthenticated`, as the API does
 */
export const refuseMalformedKeys: MiddlewareHandler = async (c, next) => {
  if (c.req.header("authorization") !== undefined) assertKey(bearer(c));
  await next();
};

/** @throws `unauthenticated`, `forbidden` */
export function deviceKey(c: Context): string {
  const key = bearer(c);
  const kind = assertKey(key);
  if (kind !== "device") throw problem("forbidden", `expected a device's key, got one of a ${kind}`);
  return key;
}

function assertKey(key: string) {
  const kind = kindOf(key);
  if (kind === undefined) {
    throw problem("unauthenticated", "expected a valid key in the Authorization header: Bearer vgl_…");
  }
  return kind;
}
