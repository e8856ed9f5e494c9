/**
 * `npm run gateway:sizing -- [sensors…] [--hardware 90] [--years 5] [--watts 5] [--kwh 0.30]`: what a gateway takes for so many
 * sensors with two frames and two sensor packets a second each: processor time of its process, memory, how long a packet
 * takes, and what a year of it costs. The prices are assumptions that the operator replaces; the rest is measured.
 */
import "../../scripts/help.ts";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { simulateDevice } from "../src/simulate/device.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { waitUntil } from "../testing/wait-until.ts";
import { endChild, fillCache, gatewayProgram, startAsService } from "./as-service.ts";

const warmMs = 10_000;
const measuredMs = 15_000;
const frameEveryMs = 500;
/** USER_HZ of Linux, whatever the machine. */
const ticksPerSecond = 100;

type Taken = { cpuSeconds: number; memoryMiB: number };

function taken(pid: number): Taken {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "0";
  return {
    cpuSeconds: (Number(stat[11]) + Number(stat[12])) / ticksPerSecond,
    memoryMiB: Number(rss) / 1024,
  };
}

async function measure(sensors: number, cache: string): Promise<void> {
  using folder = temporaryFolder();
  const config = join(folder.path, "gateway.yaml");
  const ready = join(folder.path, "ready");
  writeFileSync(
    config,
    stringify({
      site: "sizing",
      api: { url: "http://127.0.0.1:9", key: "vgl_dev_none" },
      store: { directory: join(folder.path, "store"), ballastMiB: 1 },
      sensing: { host: "127.0.0.1", port: 0 },
      web: { port: 0 },
      metrics: { port: 0, fallbackPort: 0 },
      logLevel: "silent",
    }),
  );
  await fillCache(config, cache);
  const gateway = startAsService(gatewayProgram, ["run", "--config", config, "--ready", ready], { cache });
  const stopping = new AbortController();
  try {
    await waitUntil(() => existsSync(ready) && readFileSync(ready, "utf8").endsWith("}"), {
      what: "the gateway",
    });
    const addresses = JSON.parse(readFileSync(ready, "utf8")) as {
      sensors: { host: string; port: number };
      webUrl: string;
    };
    const devices = Array.from({ length: sensors }, (_, index) =>
      simulateDevice({
        ...addresses.sensors,
        serial: `S${index}`,
        place: `room ${index}`,
        scenario: "calm",
        everyMs: frameEveryMs,
        random: Math.random,
        signal: stopping.signal,
      }),
    );
    await pause(warmMs);
    const pid = gateway.pid ?? 0;
    const from = taken(pid);
    const startMs = performance.now();
    await pause(measuredMs);
    const seconds = (performance.now() - startMs) / 1000;
    const to = taken(pid);
    const { counters } = (await (await fetch(new URL("/status.json", addresses.webUrl))).json()) as {
      counters: { processingMs: Record<string, { p95: number }>; droppedReadings: number };
    };
    const share = (100 * (to.cpuSeconds - from.cpuSeconds)) / seconds;
    process.stdout.write(
      `${String(sensors).padStart(4)} sensors: ${share.toFixed(1).padStart(5)} % of one core, ${to.memoryMiB.toFixed(0)} MiB, ` +
        `frame p95 ${counters.processingMs["frame"]?.p95.toFixed(2)} ms, ${counters.droppedReadings} readings dropped\n`,
    );
    stopping.abort();
    await Promise.allSettled(devices);
  } finally {
    stopping.abort();
    await endChild(gateway);
  }
}

type Prices = { hardware: number; years: number; watts: number; kwh: number };
const hoursAYear = 8_766;

/** The board over the years that it lasts, and its power: one board does, whatever of it is used. */
function yearlyCost({ hardware, years, watts, kwh }: Prices): string {
  const energy = (watts * hoursAYear) / 1_000;
  const [board, power] = [hardware / years, energy * kwh];
  return (
    `a year of it: ${(board + power).toFixed(0)} = ${board.toFixed(0)} (a board of ${hardware} that lasts ${years} years) + ` +
    `${power.toFixed(0)} (${energy.toFixed(0)} kWh of a draw of ${watts} W at ${kwh}), in the currency of the prices given\n`
  );
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    hardware: { type: "string", default: "90" },
    years: { type: "string", default: "5" },
    watts: { type: "string", default: "5" },
    kwh: { type: "string", default: "0.30" },
  },
});
const counts = positionals.map(Number);
using cache = temporaryFolder();
for (const sensors of counts.length > 0 ? counts : [20, 50, 100]) await measure(sensors, cache.path);
process.stdout.write(
  yearlyCost({
    hardware: Number(values.hardware),
    years: Number(values.years),
    watts: Number(values.watts),
    kwh: Number(values.kwh),
  }),
);
