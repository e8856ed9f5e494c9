/** The five that are killed: each lives until SIGKILL, and is started anew at the same place. */
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { freePort } from "../../scripts/local/free-port.ts";
import type { Postgres } from "../../scripts/local/postgres.ts";
import { startChild } from "../../scripts/stack/child.ts";
import { writeSecretJson } from "../../scripts/stack/keep-json.ts";
import { descendantsOf, readProcessTable } from "../../scripts/watch-tests/process-table.ts";
import type { Running, World } from "../walk/world.ts";

export const victimNames = ["API", "worker", "delivery function", "gateway", "PostgreSQL"] as const;
export type VictimName = (typeof victimNames)[number];

type Life = { pid: number; kill(): Promise<void> };
export type Victim = {
  readonly pid: number;
  readonly kills: number;
  /** Killed, and alive again. */
  killAndRestart(): Promise<void>;
  /** Killed for good. */
  end(): Promise<void>;
  /** Bytes that it and what it started take now; 0 where there is no /proc. */
  memory(): Promise<number>;
};

async function createVictim(start: () => Promise<Life>): Promise<Victim> {
  let life = await start();
  let kills = 0;
  return {
    get pid() {
      return life.pid;
    },
    get kills() {
      return kills;
    },
    async killAndRestart() {
      await life.kill();
      kills += 1;
      life = await start();
    },
    end: () => life.kill(),
    async memory() {
      const children = descendantsOf(life.pid, await readProcessTable()).map(({ pid }) => pid);
      const sizes = await Promise.all([life.pid, ...children].map(ownBytes));
      return sizes.reduce((sum, bytes) => sum + bytes, 0);
    },
  };
}

/** `RssAnon` of proc(5): without what processes share, such as the pages of a database; 0 for one that has ended. */
async function ownBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

const lifeOf = (running: Running): Life => ({ pid: running.pid, kill: () => running.kill("SIGKILL") });

/** Where PostgreSQL begins, ends, and begins again. */
export type Database = { server: () => Postgres; start: () => Promise<void> };

export type Victims = Record<VictimName, Victim> & { apiUrl: string; sensors: Sensors; metricsUrl: string };
export type Sensors = { host: string; port: number };

export async function startVictims(
  world: World,
  database: Database,
  {
    api,
    delivery,
    gatewayKey,
    folder,
  }: { api: string; delivery: string; gatewayKey: string; folder: string },
): Promise<Victims> {
  const port = await freePort();
  const apiUrl = `http://127.0.0.1:${port}`;
  const settings = { API_PORT: String(port), LOCAL_RECEIVERS: "true" };
  const apiVictim = await createVictim(async () => lifeOf(await world.startApi(settings, api)));
  const deliveryVictim = await createVictim(async () =>
    lifeOf(await world.startApi({ LOCAL_RECEIVERS: "true" }, delivery)),
  );
  const worker = await createVictim(async () =>
    lifeOf(await world.startWorker(apiUrl, { visibilitySeconds: 10 })),
  );
  const places = { sensors: { host: "127.0.0.1", port: await freePort() }, metricsPort: await freePort() };
  const gateway = await createVictim(() => startGateway({ apiUrl, key: gatewayKey, folder, ...places }));
  let isFirst = true;
  const postgres = await createVictim(async () => {
    if (!isFirst) await database.start();
    isFirst = false;
    const server = database.server();
    const kill = async () => {
      process.kill(server.pid, "SIGKILL");
      await server.ended;
    };
    return { pid: server.pid, kill };
  });
  return {
    API: apiVictim,
    worker,
    "delivery function": deliveryVictim,
    gateway,
    PostgreSQL: postgres,
    apiUrl,
    sensors: places.sensors,
    metricsUrl: `http://127.0.0.1:${places.metricsPort}/metrics`,
  };
}

const gatewayMsMax = 180_000;

async function startGateway({
  apiUrl,
  key,
  folder,
  sensors,
  metricsPort,
}: {
  apiUrl: string;
  key: string;
  folder: string;
  sensors: Sensors;
  metricsPort: number;
}): Promise<Life> {
  await mkdir(folder, { recursive: true });
  const config = join(folder, "gateway.yaml");
  // YAML is read where JSON is written.
  await writeSecretJson(config, {
    site: "plant",
    timeZone: "Europe/London",
    api: { url: apiUrl, key },
    store: { directory: join(folder, "store"), ballastMiB: 1 },
    sensing: sensors,
    web: { port: 0 },
    metrics: { port: metricsPort, fallbackPort: 0 },
  });
  let pid = 0;
  const readyFile = join(folder, "ready.json");
  const child = await startChild({
    name: "gateway",
    args: ["edge-gateway/src/main.ts", "run", "--config", config, "--ready", readyFile],
    environment: {},
    logFile: join(folder, "gateway.log"),
    readyFile,
    ready: z.object({ metricsUrl: z.string() }),
    readyMsMax: gatewayMsMax,
    async onSpawn(spawned) {
      pid = spawned;
    },
  });
  const kill = async () => {
    process.kill(pid, "SIGKILL");
    await child.ended;
  };
  return { pid, kill };
}
