/**
 * Prometheus metrics. The first names are those of the gateway that this one takes the place of, so that its dashboards
 * and alerts go on working; the `vigil_gateway_*` ones are ours.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Gauge, Registry } from "prom-client";
import type { Log } from "../log.ts";
import { endedAs, type Status } from "../status.ts";

export type MetricsOptions = {
  host: string;
  port: number;
  /** Taken when the first one is somebody else's. */
  fallbackPort: number;
  status: () => Promise<Status>;
  log: Log;
};

export type Metrics = { url: string; stop(): Promise<void> };

type Measure = { name: string; help: string; value: (status: Status) => number };

const open = ({ alarms }: Status) => alarms.filter(({ state }) => state !== "cleared").length;
const online = ({ devices }: Status) => devices.filter(({ state }) => state === "online").length;

const measures: readonly Measure[] = [
  { name: "emberye_active_connections", help: "Sensors that are connected", value: online },
  { name: "emberye_packets_total", help: "Packets read", value: ({ counters }) => counters.packets },
  { name: "emberye_frames_total", help: "Thermal frames read", value: ({ counters }) => counters.frames },
  {
    name: "emberye_queue_depth",
    help: "Readings that wait",
    value: ({ counters }) => counters.queuedReadings,
  },
  {
    name: "emberye_dropped_packets_total",
    help: "Readings dropped",
    value: ({ counters }) => counters.droppedReadings,
  },
  { name: "emberye_alarms_total", help: "Alarms told", value: ({ counters }) => counters.alarms },
  { name: "emberye_uptime_seconds", help: "Since the start", value: ({ uptimeSeconds }) => uptimeSeconds },
  { name: "vigil_gateway_devices", help: "Devices known", value: ({ devices }) => devices.length },
  { name: "vigil_gateway_alarms_open", help: "Alarms that have not cleared", value: open },
  { name: "vigil_gateway_cameras", help: "Cameras configured", value: ({ cameras }) => cameras.length },
  {
    name: "vigil_gateway_cameras_up",
    help: "Cameras that give pictures",
    value: ({ cameras }) => cameras.filter(({ state }) => state === "up").length,
  },
  {
    name: "vigil_gateway_camera_frames",
    help: "Frames of all cameras that were looked at",
    value: ({ cameras }) => cameras.reduce((sum, { frames }) => sum + frames, 0),
  },
  {
    name: "vigil_gateway_pictures_looked_at",
    help: "Pictures that detectors on the site looked at",
    value: ({ vision }) => vision?.looked ?? 0,
  },
  {
    name: "vigil_gateway_pictures_dropped",
    help: "Pictures that were sent away, because too many waited for a detector",
    value: ({ vision }) => vision?.dropped ?? 0,
  },
  {
    name: "vigil_gateway_events_heard",
    help: "Events heard since the store was made",
    value: ({ balance }) => balance.heard,
  },
  {
    name: "vigil_gateway_events_kept",
    help: "Events not yet with the API",
    value: ({ balance }) => balance.kept,
  },
  {
    name: "vigil_gateway_events_kept_life_safety",
    help: "Those of them that are life-safety",
    value: ({ balance }) => balance.keptUrgent,
  },
  {
    name: "vigil_gateway_api_up",
    help: "1 while the API answers",
    value: ({ link }) => (link.state === "up" ? 1 : 0),
  },
  {
    name: "vigil_gateway_disk_free_bytes",
    help: "Room of the store's file system",
    value: ({ disk }) => disk.freeBytes,
  },
  {
    name: "vigil_gateway_disk_full",
    help: "1 while things are given up for room",
    value: ({ disk }) => (disk.full ? 1 : 0),
  },
  {
    name: "vigil_gateway_clock_ahead_seconds",
    help: "The wall clock against the API's",
    value: ({ clock }) => (clock.aheadMs ?? 0) / 1000,
  },
];

function createRegistry(): { registry: Registry; set: (status: Status) => void } {
  const registry = new Registry();
  const gauges = measures.map(({ name, help, value }) => ({
    gauge: new Gauge({ name, help, registers: [registry] }),
    value,
  }));
  const ended = new Gauge({
    name: "vigil_gateway_events_ended",
    help: "Events by what became of them",
    labelNames: ["outcome"],
    registers: [registry],
  });
  const processing = new Gauge({
    name: "vigil_gateway_processing_ms",
    help: "From the last byte of a packet to the end of its judgement",
    labelNames: ["packet", "quantile"],
    registers: [registry],
  });
  const malformed = new Gauge({
    name: "vigil_gateway_malformed_total",
    help: "Input that was no packet, by why",
    labelNames: ["why"],
    registers: [registry],
  });
  const sinks = new Gauge({
    name: "vigil_gateway_alarms_told",
    help: "Alarms by who was told and how it went",
    labelNames: ["sink", "result"],
    registers: [registry],
  });
  return {
    registry,
    set(status) {
      for (const { gauge, value } of gauges) gauge.set(value(status));
      for (const outcome of ["forwarded", "refused", "dropped"] as const) {
        ended.set({ outcome }, endedAs(status.balance, outcome));
      }
      for (const [packet, { p50, p95 }] of Object.entries(status.counters.processingMs)) {
        processing.set({ packet, quantile: "0.5" }, p50);
        processing.set({ packet, quantile: "0.95" }, p95);
      }
      for (const [why, count] of Object.entries(status.counters.malformed)) malformed.set({ why }, count);
      for (const { name: sink, delivered, lost, waiting } of status.sinks) {
        sinks.set({ sink, result: "delivered" }, delivered);
        sinks.set({ sink, result: "lost" }, lost);
        sinks.set({ sink, result: "waiting" }, waiting);
      }
    },
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, host, () => {
    server.off("error", reject);
    resolve();
  });
  await promise;
}

/** Serves `/metrics` and `/healthz`. Throws when neither port can be had. */
export async function openMetrics({
  host,
  port,
  fallbackPort,
  status,
  log,
}: MetricsOptions): Promise<Metrics> {
  const { registry, set } = createRegistry();
  const server = createServer((request, response) => {
    const answer = async () => {
      if (request.method !== "GET" || request.url !== "/metrics") {
        const isHealth = request.url === "/healthz";
        response.writeHead(isHealth ? 200 : 404).end(isHealth ? "ok\n" : "there is /metrics and /healthz\n");
        return;
      }
      set(await status());
      response.setHeader("content-type", registry.contentType);
      response.end(await registry.metrics());
    };
    answer().catch((error: unknown) => {
      log.error({ err: error }, "the metrics could not be told");
      response.writeHead(500).end();
    });
  });
  try {
    await listen(server, host, port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    log.warn({ port, fallbackPort }, "the metrics' port is taken; using the other one");
    await listen(server, host, fallbackPort);
  }
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${taken}/metrics`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
