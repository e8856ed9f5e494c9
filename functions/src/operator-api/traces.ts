/** For whoever runs Vigil: what happened to the last requests, where the installation keeps that itself. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { outside } from "@vigil/core/limits";
import { problem } from "@vigil/core/problem";
import { TraceList } from "@vigil/core/trace/wire";
import * as z from "zod";
import { operator } from "../api/access.ts";
import type { Env } from "../api/context.ts";
import { operation } from "../api/operation.ts";
import { createRouter } from "../api/router.ts";
import { json } from "../api/schema.ts";
import type { Config } from "../config.ts";

export type TraceSettings = {
  /** Where the last traces can be read; null: they are kept elsewhere, or nowhere. */
  readFrom: string | null;
  /** Where spans are sent: the collector's origin. */
  collector: string | null;
};

/** What an address says beside its origin may be a secret of the operator's. */
export function traceSettingsOf(
  config: Pick<Config, "TRACES_URL" | "OTEL_EXPORTER_OTLP_ENDPOINT">,
): TraceSettings {
  const { TRACES_URL: readFrom = null, OTEL_EXPORTER_OTLP_ENDPOINT: collector } = config;
  return { readFrom, collector: collector === undefined ? null : new URL(collector).origin };
}

const list = operation({
  operationId: "listTraces",
  tag: "Operators",
  method: "get",
  path: "/traces",
  summary: "The last traces, from device to subscriber, where this installation keeps them itself",
  access: operator,
  responses: { 200: json(TraceList, "The last traces, or where they are") },
});

export function traceRoutes({ readFrom, collector }: TraceSettings): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(list, async (c) => {
    const items = readFrom === null ? [] : await readTraces(readFrom);
    return c.json({ kept: readFrom !== null, collector, items }, 200);
  });
  return routes;
}

const Traces = z.array(TraceList.shape.items.element);

async function readTraces(url: string): Promise<TraceList["items"]> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(outside.callMsMax) });
    return Traces.parse(await answer.json());
  } catch (cause) {
    throw problem("unavailable", "what keeps the traces does not answer", { cause });
  }
}
