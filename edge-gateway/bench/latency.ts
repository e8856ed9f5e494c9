/**
 * `npm run gateway:latency -- [alarms]`: from the last byte of a sensor's packet to the alarm at an MQTT subscriber, against a
 * bare publish through the same broker in the same run. The gateway is a process of its own, as is the broker; each alarm is
 * another sensor's, whose packet says dense smoke.
 */
import "../../scripts/help.ts";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import mqtt from "mqtt";
import { stringify } from "yaml";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { waitUntil } from "../testing/wait-until.ts";
import { endChild, fillCache, gatewayProgram, startAsService } from "./as-service.ts";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

const row = (name: string, values: readonly number[]) =>
  `${name.padEnd(34)} p50 ${quantile(values, 0.5).toFixed(2).padStart(7)} ms   p95 ${quantile(values, 0.95).toFixed(2).padStart(7)} ms\n`;

async function measure(alarms: number): Promise<void> {
  using folder = temporaryFolder();
  const cache = folder.path;
  const broker = spawn(process.execPath, [source("../testing/broker-process.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [address] = (await once(broker.stdout, "data")) as [Buffer];
  const url = address.toString().trim();
  const config = join(folder.path, "gateway.yaml");
  const ready = join(folder.path, "ready");
  writeFileSync(
    config,
    stringify({
      site: "bench",
      api: { url: "http://127.0.0.1:9", key: "vgl_dev_none" },
      store: { directory: join(folder.path, "store"), ballastMiB: 1 },
      sensing: {
        host: "127.0.0.1",
        port: 0,
        connectionsMax: 10_000,
        // The first packet decides: what is measured is the way, not the patience of the rules.
        rules: { smokePercent: { holdSeconds: 0, decisiveSeconds: 0, aloneSeconds: 0 } },
      },
      alarm: { mqtt: { url } },
      web: { port: 0 },
      metrics: { port: 0, fallbackPort: 0 },
      logLevel: "silent",
    }),
  );
  await fillCache(config, cache);
  const gateway = startAsService(gatewayProgram, ["run", "--config", config, "--ready", ready], { cache });
  try {
    await waitUntil(() => existsSync(ready) && readFileSync(ready, "utf8").endsWith("}"), {
      what: "the gateway",
    });
    const { sensors } = JSON.parse(readFileSync(ready, "utf8")) as {
      sensors: { host: string; port: number };
    };
    const listener = await mqtt.connectAsync(url);
    const heard = new Map<string, number>();
    listener.on("message", (topic, payload) => {
      const at = performance.now();
      const key =
        topic === "bare" ? payload.toString() : (JSON.parse(payload.toString()) as { place: string }).place;
      if (!heard.has(key)) heard.set(key, at);
    });
    await listener.subscribeAsync(["bare", "vigil/bench/alarm"], { qos: 1 });
    const publisher = await mqtt.connectAsync(url);
    const arrival = async (key: string) => {
      await waitUntil(() => heard.has(key), { what: `word of ${key}` });
      return heard.get(key) ?? Number.NaN;
    };
    const took: Record<"gateway" | "bare", number[]> = { gateway: [], bare: [] };
    for (let index = 0; index < alarms; index += 1) {
      const socket = connect(sensors.port, sensors.host).setNoDelay(true);
      await once(socket, "connect");
      socket.resume();
      const place = `room ${index}`;
      socket.write(
        `#serialno:S${index}!\r\n#locid:${place}!\r\n#Sensor:${place}:ADC1=200,ADC2=1296,DIO=0!\r\n`,
      );
      const bareMs = performance.now();
      publisher.publish("bare", `bare ${index}`, { qos: 1 });
      took.bare.push((await arrival(`bare ${index}`)) - bareMs);
      const startMs = performance.now();
      socket.write(`#Sensor:${place}:ADC1=3400,ADC2=1296,DIO=0!\r\n`);
      took.gateway.push((await arrival(place)) - startMs);
      socket.destroy();
    }
    const memoryKiB = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${gateway.pid}/status`, "utf8"))?.[1] ?? "0";
    process.stdout.write(row(`bare publish, ${alarms} times`, took.bare));
    process.stdout.write(row(`packet to alarm, ${alarms} sensors`, took.gateway));
    process.stdout.write(`the gateway's process then has ${Math.round(Number(memoryKiB) / 1024)} MiB\n`);
    await Promise.all([listener.endAsync(true), publisher.endAsync(true)]);
  } finally {
    await endChild(gateway);
    broker.stdin.end();
  }
}

const [, , alarms = "300"] = process.argv;
await measure(Number(alarms));
