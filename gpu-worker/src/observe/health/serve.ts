/** The worker's own small HTTP server: `/metrics` for a scraper and `/healthz` for a supervisor. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Metrics } from "../metrics/index.ts";
import type { Health } from "./index.ts";

export interface HealthServer {
  /** Where `/metrics` is. */
  readonly metricsUrl: string;
  close(): Promise<void>;
}

export async function serveHealth(options: {
  host: string;
  port: number;
  metrics: Metrics;
  health: Pick<Health, "check">;
}): Promise<HealthServer> {
  const { metrics, health, host } = options;

  async function answer(path: string): Promise<{ status: number; contentType: string; text: string }> {
    if (path === "/metrics") return { status: 200, ...(await metrics.expose()) };
    if (path === "/healthz") {
      const { ok, reason } = health.check();
      const text = JSON.stringify({ status: ok ? "ok" : "unhealthy", reason });
      return { status: ok ? 200 : 503, contentType: "application/json", text };
    }
    return { status: 404, contentType: "text/plain", text: "expected /metrics or /healthz\n" };
  }

  const server = createServer({ requestTimeout: 5_000 }, (request, response) => {
    answer((request.url ?? "/").split("?")[0] ?? "/").then(
      ({ status, contentType, text }) =>
        response.writeHead(status, { "content-type": contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    metricsUrl: `http://${name === "0.0.0.0" ? "127.0.0.1" : name}:${port}/metrics`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
