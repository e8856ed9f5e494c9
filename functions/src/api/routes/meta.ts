/** What the API says of how it is: health and metrics. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import * as z from "zod";
import { anyone, scraper } from "../access.ts";
import type { Env } from "../context.ts";
import type { HttpMetrics } from "../http-metrics.ts";
import { renderMetrics } from "../metrics.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json } from "../schema.ts";

const Health = z.object({ status: z.literal("ok") }).meta({ id: "Health" });

const health = operation({
  operationId: "getHealth",
  tag: "System",
  method: "get",
  path: "/healthz",
  summary: "Whether the API reaches its database",
  access: anyone,
  responses: { 200: json(Health, "It does") },
  refuses: [503],
});

const metrics = (scraperKey: string | undefined) =>
  operation({
    operationId: "getMetrics",
    tag: "System",
    method: "get",
    path: "/metrics",
    summary: "What operators watch, in the format of Prometheus",
    access: scraper(scraperKey),
    responses: {
      200: {
        description: "The metrics, as they were measured last",
        content: { "text/plain": { schema: z.string() } },
      },
    },
  });

type MetaSettings = {
  /** Who reads the metrics must have it; undefined: anybody may. */
  scraperKey: string | undefined;
  http?: HttpMetrics | undefined;
};

export function metaRoutes({ scraperKey, http }: MetaSettings): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(health, async (c) => {
    await c.var.services.database.ping();
    return c.json({ status: "ok" as const }, 200);
  });
  routes.openapi(metrics(scraperKey), async (c) => {
    const { body, contentType } = await renderMetrics(c.var.services, http);
    return c.text(body, 200, { "Content-Type": contentType, "Cache-Control": "no-store" });
  });
  return routes;
}
