/**
 * A request as a span of the trace that its caller named. Without one, what changes something begins a trace, and what only
 * reads has none: the metrics by route tell of that.
 */
import { readTraceparent } from "@vigil/core/platform/trace-context";
import type { MiddlewareHandler } from "hono";
import type { Env } from "./context.ts";
import { templateOf } from "./route-template.ts";

const reading = new Set(["GET", "HEAD", "OPTIONS"]);
/** Workers say every few seconds that they are there. */
const beginsTrace = (method: string, path: string) => !reading.has(method) && path.startsWith("/v1/");

/** Expects `services`. */
export const traceRequest: MiddlewareHandler<Env> = async (c, next) => {
  const { method, path } = c.req;
  const parent = c.req.header("traceparent") ?? null;
  if (!readTraceparent(parent) && !beginsTrace(method, path)) return next();
  const attributes = { "http.request.method": method };
  const told = { name: method, kind: "server", attributes, parent, atDoor: true } as const;
  return c.var.services.tracer.span(told, async (live) => {
    await next();
    const route = templateOf(c);
    const { status } = c.res;
    live.name(`${method} ${route}`);
    live.set({ "http.route": route, "http.response.status_code": status });
    if (status >= 500) live.fail(String(status));
  });
};
