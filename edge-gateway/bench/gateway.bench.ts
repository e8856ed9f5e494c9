/**
 * How fast one gateway hears: `npm run bench -- gateway [--seconds 8] [--devices 20] [--rounds 3]`.
 *
 * The load runs beside it on the same cores. Each round measures bare loopback (bytes that are counted and thrown away),
 * a parser that splits lines and calls parseInt, and the gateway, one after the other, so that what else the machine
 * does falls on all three. Prints medians and ratios; passes or fails on nothing.
 */
import "../../scripts/help.ts";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism, cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { endChild, startAsService } from "./as-service.ts";
import { type LoadKind, makePiece } from "./gateway/load.ts";
import type { ReceiverKind, Report } from "./gateway/receiver.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "8" },
    devices: { type: "string", default: "20" },
    rounds: { type: "string", default: "3" },
  },
});
const warmUpMs = 3_000;
const kinds: readonly ReceiverKind[] = ["bare", "split", "gateway"];
const line = (text = "") => process.stdout.write(`${text}\n`);
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function ask(receiver: ChildProcess): Promise<Report> {
  const answered = once(receiver, "message");
  receiver.send("report");
  const [report] = await answered;
  return report;
}

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const stdio = ["ignore", "ignore", "inherit", "ipc"] as const;

async function measure(kind: ReceiverKind, load: LoadKind, cache: string): Promise<Report> {
  using folder = temporaryFolder();
  const receiver = startAsService(source("./gateway/receiver.ts"), [kind, folder.path], {
    cache,
    stdio: [...stdio],
  });
  try {
    const [port] = await once(receiver, "message");
    const options = [source("./gateway/load.ts"), String(port), load, values.devices];
    const sender = spawn(process.execPath, options, { stdio: [...stdio] });
    try {
      await once(sender, "message");
      await wait(warmUpMs);
      await ask(receiver);
      await wait(Number(values.seconds) * 1_000);
      return await ask(receiver);
    } finally {
      await endChild(sender);
    }
  } finally {
    await endChild(receiver);
  }
}

const medianOf = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

async function measureLoad(load: LoadKind, cache: string): Promise<void> {
  const { bytes, packets } = makePiece(load);
  const perSecond = (report: Report) => report.bytes / (bytes.length / packets) / report.seconds;
  const reports: Record<ReceiverKind, Report[]> = { bare: [], split: [], gateway: [] };
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const kind of kinds) reports[kind].push(await measure(kind, load, cache));
  }
  const rate = (kind: ReceiverKind) => medianOf(reports[kind].map(perSecond));
  const of = (read: (report: Report) => number) => medianOf(reports.gateway.map(read));
  const count = load === "frames" ? "frames" : "sensors";
  line(`\n${load}, ${values.devices} devices, packets/s (median of ${values.rounds})`);
  for (const kind of kinds) {
    // What else the machine does takes the processor from a round, not from a packet.
    const busy = (report: Report) => `${((100 * report.cpuSeconds) / report.seconds).toFixed(0)} %`;
    const all = reports[kind]
      .map((report) => `${perSecond(report).toFixed(0)} at ${busy(report)}`)
      .join(", ");
    const ratios = `${(rate(kind) / rate("bare")).toFixed(2)} of bare, ${(rate(kind) / rate("split")).toFixed(1)} x split`;
    line(`  ${kind.padEnd(8)} ${rate(kind).toFixed(0).padStart(9)}   ${ratios}   (${all})`);
  }
  line(
    `  gateway: ${(of((one) => (1e6 * one.cpuSeconds) / Math.max(1, one[count]))).toFixed(2)} us of CPU a packet, busy ${(100 * of((one) => one.cpuSeconds / one.seconds)).toFixed(0)} % of a core,`,
  );
  line(
    `    processing P95 ${of((one) => one.p95Ms[load === "frames" ? "frame" : "sensor"]).toFixed(4)} ms, resident ${(of((one) => one.rssBytes) / 1024 / 1024).toFixed(0)} MiB, ${of((one) => one.alarms)} alarms`,
  );
}

line(`${cpus()[0]?.model ?? "unknown"}, ${availableParallelism()} cores, Node ${process.version}`);
using cache = temporaryFolder();
// Fills the cache of compiled code, so that every round finds it as a gateway does at its second start.
await measure("gateway", "sensors", cache.path);
await measureLoad("sensors", cache.path);
await measureLoad("frames", cache.path);
