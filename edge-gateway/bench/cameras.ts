/**
 * `npm run gateway:cameras -- [cameras] [--ffmpeg ffmpeg] [--seconds 30] [--record]`: processor time and memory of so many cameras of
 * 640 x 360 at ten pictures a second, of the gateway's process and of its children apart. One encoder feeds all of them;
 * what it takes is not counted.
 */
import "../../scripts/help.ts";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openCameras } from "../src/cameras/index.ts";
import { CamerasConfig, RecordingConfig } from "../src/cameras-config.ts";
import { systemClock } from "../src/clock.ts";
import { openRecorder } from "../src/recorder/index.ts";
import { ffmpegPath, startCamera } from "../testing/camera.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { waitUntil } from "../testing/wait-until.ts";

const { values, positionals } = parseArgs({
  options: {
    ffmpeg: { type: "string", default: ffmpegPath },
    seconds: { type: "string", default: "30" },
    record: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
const count = Number(positionals[0] ?? 16);
const seconds = Number(values.seconds);
/** USER_HZ of Linux, whatever the machine. */
const ticksPerSecond = 100;
/** Noise in every pixel: a picture that is quiet costs a decoder next to nothing. */
const scene = "testsrc=s=640x360:r=10,noise=alls=8:allf=t";

type Taken = { cpuSeconds: number; memoryMiB: number };

function taken(pid: string): Taken {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "0";
  return {
    cpuSeconds: (Number(stat[11]) + Number(stat[12])) / ticksPerSecond,
    memoryMiB: Number(rss) / 1024,
  };
}

/** The decoders: this process's children that are given a camera's address. */
function decoders(): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const parent = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[1];
      return (
        parent === String(process.pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("rtsp://")
      );
    } catch {
      return false;
    }
  });
}

await using camera = await startCamera(scene);
const list = Array.from({ length: count }, (_, index) => ({
  name: `camera-${index + 1}`,
  place: "the yard",
  source: { kind: "stream", url: camera.url },
}));
let events = 0;
using folder = temporaryFolder();
const recorder = values.record
  ? await openRecorder({
      config: RecordingConfig.parse({}),
      folder: folder.path,
      cameras: list.map(({ name }) => name),
      clock: systemClock,
      program: values.ffmpeg,
      onFault: (_, text) => process.stderr.write(`${text}\n`),
    })
  : undefined;
const cameras = openCameras({
  config: CamerasConfig.parse({ ffmpeg: values.ffmpeg, list }),
  clock: systemClock,
  recorder,
  onEvent: () => events++,
  onFault: ({ text }) => process.stderr.write(`${text}\n`),
});
try {
  await waitUntil(() => cameras.list().every(({ state }) => state === "up"), {
    what: "all cameras",
    msMax: 180_000,
  });
  const children = decoders();
  const frames = () => cameras.list().reduce((sum, one) => sum + one.frames, 0);
  const sum = () => children.map(taken).reduce((all, one) => all + one.cpuSeconds, 0);
  const from = { frames: frames(), own: process.cpuUsage(), children: sum(), at: performance.now() };
  await pause(seconds * 1_000);
  const wall = (performance.now() - from.at) / 1_000;
  const { user, system } = process.cpuUsage(from.own);
  const share = (cpuSeconds: number) => `${((100 * cpuSeconds) / wall).toFixed(1)} % of a core`;
  const memory = children.map((pid) => taken(pid).memoryMiB).toSorted((a, b) => a - b);
  process.stdout.write(
    `${count} cameras, ${((frames() - from.frames) / wall / count).toFixed(1)} frames a second each, ${events} events\n` +
      `${children.length} children: ${share(sum() - from.children)} together, ${memory[memory.length >> 1]?.toFixed(0)} MiB each\n` +
      `this process (motion, the stream's server and the bench with it): ${share((user + system) / 1e6)}, ${(process.memoryUsage.rss() / 1024 / 1024).toFixed(0)} MiB\n`,
  );
} finally {
  await cameras.stop();
  await recorder?.stop();
}
