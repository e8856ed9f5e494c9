/**
 * What this process has answered, by route: how often, how fast, how much, and what is under way. Where a process serves one
 * request at a time (Lambda) there is no connection to watch, and the platform's own figures say it.
 */
import type { ServerResponse } from "node:http";
import type { MiddlewareHandler } from "hono";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Env } from "./context.ts";
import { templateOf } from "./route-template.ts";

export type HttpMetrics = {
  /** Goes before everything else, so that refusals count too. */
  watch: MiddlewareHandler<Env>;
  /** In the format of Prometheus. */
  render(): Promise<string>;
};

/** Others are asked for too, by anybody, and each would be a series for ever. */
const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

const secondsBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const bytesBounds = [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304];

export function createHttpMetrics(): HttpMetrics {
  const registry = new Registry();
  const registers = [registry];
  const labelNames = ["method", "route", "status"] as const;
  const seconds = new Histogram({
    name: "http_request_duration_seconds",
    help: "From a request to the end of its answer, by route; streams, which end by themselves, included.",
    labelNames,
    buckets: secondsBounds,
    registers,
  });
  const requests = new Counter({
    name: "http_requests_total",
    help: "Requests that were answered, or whose caller went away.",
    labelNames,
    registers,
  });
  const bytes = new Histogram({
    name: "http_response_size_bytes",
    help: "Bytes of answers as they were sent, headers included.",
    labelNames,
    buckets: bytesBounds,
    registers,
  });
  const inProgress = new Gauge({
    name: "http_requests_inprogress",
    help: "Requests that are being answered; an open stream is one.",
    registers,
  });
  return {
    async watch(c, next) {
      const { outgoing } = (c.env ?? {}) as { outgoing?: ServerResponse };
      if (!outgoing) return next();
      const startMs = performance.now();
      const sentBefore = outgoing.socket?.bytesWritten ?? 0;
      const { socket } = outgoing;
      inProgress.inc();
      outgoing.once("close", () => {
        const method = methods.has(c.req.method) ? c.req.method : "other";
        const labels = { method, route: templateOf(c), status: String(outgoing.statusCode) };
        inProgress.dec();
        requests.inc(labels);
        seconds.observe(labels, (performance.now() - startMs) / 1000);
        bytes.observe(labels, Math.max(0, (socket?.bytesWritten ?? sentBefore) - sentBefore));
      });
      return next();
    },
    render: () => registry.metrics(),
  };
}
