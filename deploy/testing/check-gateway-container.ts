/**
 * `node deploy/testing/check-gateway-container.ts`: carries out the gateway image's steps in a clean folder, starts what they
 * leave as the image would, as the image's user where this runs as root, and has it alarm. Then it looks for what would
 * keep the image from being built for another processor. A few minutes, bounded; needs the npm registry, and no
 * container engine.
 */
import "../../scripts/help.ts";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { stringify } from "yaml";
import * as z from "zod";
import { simulateDevice } from "../../edge-gateway/src/simulate/device.ts";
import { buildStage, type Stage } from "./container-stage.ts";
import { folderBytes, freePort, say, startAs, until } from "./stage-process.ts";

const repository = path.resolve(import.meta.dirname, "../..");
const secondsMax = { step: 300, ready: 120, alarm: 120, stop: 60 };
const Seen = z.object({ alarms: z.array(z.object({ level: z.string(), place: z.string() })) });

async function alarmOnce(stage: Stage): Promise<void> {
  const [sensors, web, metrics] = [await freePort(), await freePort(), await freePort()];
  const config = path.join(stage.root, "gateway.yaml");
  await writeFile(
    config,
    stringify({
      site: "container",
      api: { url: "http://127.0.0.1:9", key: "vgl_dev_none" },
      store: { directory: path.join(stage.root, "data"), ballastMiB: 1 },
      sensing: { host: "127.0.0.1", port: sensors },
      web: { port: web },
      metrics: { port: metrics },
    }),
  );
  const gateway = startAs(stage, [...stage.entrypoint, ...stage.command], { VIGIL_GATEWAY_CONFIG: config });
  const exited = once(gateway, "exit").then(([code]) => code as number | null);
  const stopping = new AbortController();
  try {
    await until("the metrics to answer 200", secondsMax.ready, async () => {
      if (gateway.exitCode !== null) throw new Error(`the gateway ended with ${gateway.exitCode}`);
      const answer = await fetch(`http://127.0.0.1:${metrics}/healthz`).catch(() => undefined);
      return answer?.ok ? true : undefined;
    });
    say("the gateway is up");
    const sensor = simulateDevice({
      host: "127.0.0.1",
      port: sensors,
      serial: "S1",
      place: "server room",
      scenario: "overheat",
      everyMs: 100,
      random: () => 0.5,
      signal: stopping.signal,
    });
    const alarm = await until("a critical alarm", secondsMax.alarm, async () => {
      const { alarms } = Seen.parse(await (await fetch(`http://127.0.0.1:${web}/status.json`)).json());
      return alarms.find(({ level }) => level === "critical");
    });
    say(`a ${alarm.level} alarm: ${alarm.place}`);
    stopping.abort();
    await sensor;
    gateway.kill("SIGTERM");
    const code = await Promise.race([exited, delay(secondsMax.stop * 1000, "timeout", { ref: false })]);
    assert.equal(code, 0, "the gateway does not end well on SIGTERM");
    say("stopped on SIGTERM with exit code 0");
  } finally {
    stopping.abort();
    gateway.kill("SIGKILL");
  }
}

const Installed = z.object({
  packages: z.record(
    z.string(),
    z.object({
      cpu: z.array(z.string()).optional(),
      os: z.array(z.string()).optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});

/** What npm installs for a processor: the same packages, none of which is compiled. */
async function packagesFor(cpu: string, folder: string): Promise<string[]> {
  const manifests = ["package.json", "package-lock.json", ".npmrc"];
  const workspaces = ["packages/core", "packages/client", "packages/verify", "functions", "gpu-worker"];
  const target = path.join(folder, cpu);
  for (const file of [
    ...manifests,
    ...[...workspaces, "edge-gateway", "web"].map((name) => `${name}/package.json`),
  ]) {
    await promisify(execFile)("install", [
      "-D",
      "-m",
      "644",
      path.join(repository, file),
      path.join(target, file),
    ]);
  }
  await promisify(execFile)(
    "npm",
    [
      "ci",
      "--omit=dev",
      "--ignore-scripts",
      "--workspace",
      "edge-gateway",
      "--os=linux",
      `--cpu=${cpu}`,
      "--libc=glibc",
    ],
    { cwd: target, timeout: secondsMax.step * 1000 },
  );
  const lock = await readFile(path.join(target, "node_modules/.package-lock.json"), "utf8");
  const { packages } = Installed.parse(JSON.parse(lock));
  return Object.entries(packages).map(([name, { cpu: only = ["any"] }]) => `${name} ${only.join(",")}`);
}

/** Both processors get the same packages; those that are for one alone have a twin for the other. */
async function compareProcessors(folder: string): Promise<void> {
  const [x64, arm64] = [await packagesFor("x64", folder), await packagesFor("arm64", folder)];
  const plain = (names: readonly string[]) =>
    names.map((name) => name.replaceAll(/arm64|x64/g, "CPU")).toSorted();
  assert.deepEqual(plain(arm64), plain(x64), "a package is there for one processor alone");
  say(`${arm64.length} packages for linux/arm64, each of which linux/amd64 has too`);
}

const folder = await mkdtemp(path.join(tmpdir(), "vigil-gateway-container-"));
await chmod(folder, 0o755);
try {
  const stage = await buildStage("edge-gateway/Dockerfile", "gateway", {
    repository,
    folder,
    runSecondsMax: secondsMax.step,
    onStep: say,
  });
  say(`the application is ${Math.round((await folderBytes(path.join(stage.root, "app"))) / 1e6)} MB`);
  await alarmOnce(stage);
  await compareProcessors(folder);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
