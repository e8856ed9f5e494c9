/** Bodies come as they are: a compressed one would be a few bytes that stand for any number. */
import { problem } from "@vigil/core/problem";
import type { MiddlewareHandler } from "hono";

/** @throws `unsupported-media-type`, with the codings that are taken (RFC 9110, 15.5.16) */
export const refuseEncodedBodies: MiddlewareHandler = async (c, next) => {
  const encoding = c.req.header("content-encoding")?.trim().toLowerCase() ?? "";
  if (encoding !== "" && encoding !== "identity") {
    throw problem(
      "unsupported-media-type",
      `expected a body without Content-Encoding, got ${encoding.slice(0, 40)}; send it uncompressed`,
      { headers: { "Accept-Encoding": "identity" } },
    );
  }
  await next();
};
