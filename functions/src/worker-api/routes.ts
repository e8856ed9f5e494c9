/** Workers report here. Every request carries a worker's key and a signature over its body. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { DigestReport } from "@vigil/core/digest/wire";
import { recordHeartbeat, renewEvidenceUrls, reportDigest, reportFailure } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { worker as limits } from "@vigil/core/limits";
import { faultsOf, problem } from "@vigil/core/problem";
import { verify } from "@vigil/core/worker/signature";
import { EvidenceUrlsRequest, FailureReport, Heartbeat } from "@vigil/core/worker/wire";
import type { Context, MiddlewareHandler } from "hono";
import type * as z from "zod";
import { bearer, type Env } from "../api/context.ts";
import { authenticate, limitBody, parseJson } from "../api/middleware.ts";
import { createRouter } from "../api/router.ts";

const signed: MiddlewareHandler<Env> = async (c, next) => {
  if (c.get("principal").kind !== "worker") throw problem("forbidden", "expected a worker's key");
  const headers = Object.fromEntries(
    (["webhook-id", "webhook-timestamp", "webhook-signature"] as const).map((name) => [
      name,
      c.req.header(name),
    ]),
  );
  verify(bearer(c), await c.req.text(), headers, c.get("services").clock.now());
  await next();
};

async function read<T extends z.ZodType>(c: Context<Env>, schema: T): Promise<z.infer<T>> {
  const parsed = schema.safeParse(parseJson(await c.req.text()));
  if (parsed.success) return parsed.data;
  throw problem("invalid-body", "the report does not match the schema; see errors", {
    errors: faultsOf(parsed.error),
  });
}

/** @throws `not-found` when the path names no review id at all */
function reviewOf(c: Context<Env>): string {
  const id = Id.of("review").safeParse(c.req.param("id"));
  if (!id.success) throw problem("not-found", `no review ${c.req.param("id")}`);
  return id.data;
}

export function createWorkerRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.use("*", authenticate, limitBody(limits.digestBytesMax), signed);
  routes.post("/heartbeats", async (c) =>
    c.json(await recordHeartbeat(c.get("services"), await read(c, Heartbeat))),
  );
  routes.post("/reviews/:id/evidence-urls", async (c) => {
    const { momentIds } = await read(c, EvidenceUrlsRequest);
    return c.json(await renewEvidenceUrls(c.get("services"), { reviewId: reviewOf(c), momentIds }));
  });
  routes.post("/reviews/:id/digest", async (c) => {
    const report = await read(c, DigestReport);
    if (report.reviewId !== reviewOf(c))
      throw problem("invalid-body", "expected the reviewId of the path in the body");
    return c.json(await reportDigest(c.get("services"), report));
  });
  routes.post("/reviews/:id/failure", async (c) => {
    const report = await read(c, FailureReport);
    return c.json(await reportFailure(c.get("services"), { reviewId: reviewOf(c), report }));
  });
  return routes;
}
