/**
 * One of three receivers of the benchmark, as a process of its own: `bare` only counts bytes, `split` is the parser
 * that is written in an afternoon, `gateway` is the whole gateway. Told to report, it says what it took since the last time.
 */
import { flushCompileCache } from "node:module";
import { createServer, type Socket } from "node:net";
import { stringify } from "yaml";
import { systemClock } from "../../src/clock.ts";
import { parseConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { openGateway } from "../../src/run.ts";
import { openSensing, type Sensing } from "../../src/sensing.ts";

export type ReceiverKind = "bare" | "split" | "gateway";
export type Report = {
  bytes: number;
  sensors: number;
  frames: number;
  alarms: number;
  seconds: number;
  cpuSeconds: number;
  rssBytes: number;
  p95Ms: { sensor: number; frame: number };
};

type Counts = { bytes: number; sensors: number; frames: number; alarms: number };
type Receiver = { port: number; counts: () => Counts; p95Ms: () => Report["p95Ms"] };

const none = () => ({ sensor: 0, frame: 0 });

async function serve(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer(onSocket);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

async function bare(): Promise<Receiver> {
  const counts: Counts = { bytes: 0, sensors: 0, frames: 0, alarms: 0 };
  const port = await serve((socket) => {
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes) => {
      counts.bytes += bytes.length;
    });
  });
  return { port, counts: () => counts, p95Ms: none };
}

/** Text, lines, `split` and `parseInt`; hundredths of a degree and one threshold. It remembers nothing. */
async function split(): Promise<Receiver> {
  const counts: Counts = { bytes: 0, sensors: 0, frames: 0, alarms: 0 };
  function takeLine(line: string): void {
    const [head = "", data = ""] = line.replace(/!\r?$/, "").split(/:(.*)/s);
    if (head.startsWith("#Sensor")) {
      const values = data.split(",").map((pair) => Number.parseInt(pair.split("=")[1] ?? "", 10));
      counts.sensors++;
      if (((values[0] ?? 0) * 100) / 4_095 > 25) counts.alarms++;
    } else if (head.startsWith("#frame")) {
      let most = 0;
      for (let word = 0; word < 768; word++) {
        const raw = Number.parseInt(data.slice(4 * word, 4 * word + 4), 16);
        most = Math.max(most, (raw > 32_767 ? raw - 65_536 : raw) / 100 + 27);
      }
      counts.frames++;
      if (most > 60) counts.alarms++;
    }
  }
  const port = await serve((socket) => {
    let rest = "";
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes) => {
      counts.bytes += bytes.length;
      const lines = (rest + bytes.toString("utf8")).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) takeLine(line);
    });
  });
  return { port, counts: () => counts, p95Ms: none };
}

/** All of it: store, forwarding to an API that is not there, page and metrics beside what hears. */
async function gateway(): Promise<Receiver> {
  let [alarms, readings] = [0, 0];
  let heard: Sensing | undefined;
  const config = parseConfig(
    stringify({
      site: "bench",
      api: { url: "http://127.0.0.1:9", key: "vgl_dev_none" },
      store: { directory: process.argv[3], ballastMiB: 1 },
      sensing: { host: "127.0.0.1", port: 0 },
      web: { port: 0 },
      metrics: { port: 0, fallbackPort: 0 },
    }),
  );
  const { sensors } = await openGateway({
    config,
    clock: systemClock,
    random: Math.random,
    log: createLog({ level: "silent" }),
    onAlarm: () => alarms++,
    async openSensing(options) {
      heard = await openSensing({
        ...options,
        onReading: (batch) => {
          readings += batch.length;
          return options.onReading(batch);
        },
      });
      return heard;
    },
  });
  flushCompileCache();
  const sensing = heard;
  if (!sensing) throw new Error("the gateway opened no sensing");
  return {
    port: sensors.port,
    counts() {
      const { sensorPackets, frames, malformed } = sensing.counters();
      if (Object.keys(malformed).length > 0) throw new Error(`malformed: ${JSON.stringify(malformed)}`);
      if (sensorPackets > 0 && readings === 0) throw new Error("no reading was told");
      const bytes = sensing.devices().reduce((sum, { counters }) => sum + counters.bytes, 0);
      return { bytes, sensors: sensorPackets, frames, alarms };
    },
    p95Ms() {
      const { sensor, frame } = sensing.counters().processingMs;
      return { sensor: sensor.p95, frame: frame.p95 };
    },
  };
}

const receivers: Record<ReceiverKind, () => Promise<Receiver>> = { bare, split, gateway };

if (process.send) {
  const send = process.send.bind(process);
  const receiver =
    await receivers[
      process.argv[2] === "bare" ? "bare" : process.argv[2] === "split" ? "split" : "gateway"
    ]();
  let since = { counts: { ...receiver.counts() }, at: performance.now(), cpu: process.cpuUsage() };
  process.on("message", () => {
    const [counts, at, cpu] = [{ ...receiver.counts() }, performance.now(), process.cpuUsage(since.cpu)];
    const report: Report = {
      bytes: counts.bytes - since.counts.bytes,
      sensors: counts.sensors - since.counts.sensors,
      frames: counts.frames - since.counts.frames,
      alarms: counts.alarms - since.counts.alarms,
      seconds: (at - since.at) / 1_000,
      cpuSeconds: (cpu.user + cpu.system) / 1e6,
      rssBytes: process.memoryUsage.rss(),
      p95Ms: receiver.p95Ms(),
    };
    since = { counts, at, cpu: process.cpuUsage() };
    send(report);
  });
  send(receiver.port);
}
