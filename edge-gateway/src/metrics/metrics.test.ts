import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import { waitUntil } from "../../testing/wait-until.ts";
import { createLog } from "../log.ts";
import type { Status } from "../status.ts";
import { openMetrics } from "./index.ts";

const log = createLog({ level: "silent" });
const host = "127.0.0.1";

const status: Status = {
  site: "shop-1",
  version: "0.1.0",
  uptimeSeconds: 12,
  clock: { wallMs: 0, aheadMs: null, trusted: true },
  link: { state: "up", why: "", nextAttemptMs: 0, failures: 0, sinceAnswerMs: 0 },
  balance: {
    heard: 3,
    kept: 1,
    keptUrgent: 0,
    ended: [{ outcome: "forwarded", reason: "accepted", count: 2 }],
  },
  ledger: [],
  disk: { freeBytes: 1, full: false, ballastHeld: true },
  devices: [],
  cameras: [],
  vision: null,
  counters: {
    connections: 0,
    refusedConnections: 0,
    packets: 41,
    frames: 20,
    sensorPackets: 21,
    malformed: { cut: 2 },
    readings: 80,
    droppedReadings: 5,
    queuedReadings: 7,
    alarms: 1,
    processingMs: { sensor: { p50: 0.001, p95: 0.002 }, frame: { p50: 0.01, p95: 0.02 } },
  },
  sinks: [],
  alarms: [],
  faults: [],
};

async function listenSomewhere() {
  const server = createServer().listen(0, host);
  await waitUntil(() => server.listening, { what: "a port" });
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

describe("the metrics", () => {
  it("are told at the second port when somebody else has the first", async () => {
    const other = await listenSomewhere();
    const metrics = await openMetrics({
      host,
      port: other.port,
      fallbackPort: 0,
      status: async () => status,
      log,
    });
    assert.notEqual(new URL(metrics.url).port, String(other.port));
    assert.equal((await fetch(metrics.url)).status, 200);
    await assert.rejects(
      openMetrics({ host, port: other.port, fallbackPort: other.port, status: async () => status, log }),
      /EADDRINUSE/,
    );
    await metrics.stop();
    other.close();
  });

  it("go by the former gateway's names and by ours", async () => {
    const metrics = await openMetrics({ host, port: 0, fallbackPort: 0, status: async () => status, log });
    const text = await (await fetch(metrics.url)).text();
    for (const line of [
      "emberye_active_connections 0",
      "emberye_packets_total 41",
      "emberye_frames_total 20",
      "emberye_queue_depth 7",
      "emberye_dropped_packets_total 5",
      "emberye_alarms_total 1",
      "emberye_uptime_seconds 12",
      "vigil_gateway_events_kept 1",
      'vigil_gateway_events_ended{outcome="forwarded"} 2',
      'vigil_gateway_malformed_total{why="cut"} 2',
      'vigil_gateway_processing_ms{packet="frame",quantile="0.95"} 0.02',
    ]) {
      assert.ok(text.split("\n").includes(line), `${line} in:\n${text}`);
    }
    await metrics.stop();
  });
});
