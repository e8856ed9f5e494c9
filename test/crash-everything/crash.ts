/**
 * `npm run crash:everything -- [--minutes 10] [--rate 1] [--seed 1]`: mixed load through all of Vigil, while API, worker,
 * delivery function, gateway and PostgreSQL are each killed twice with SIGKILL; then what was accepted is looked for, to the
 * last event. The queues and the object store, which are AWS's, live on.
 */
import "../../scripts/help.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { randomOf } from "../../packages/core/testing/picture-heads.ts";
import { startPostgres } from "../../scripts/local/postgres.ts";
import { terminal } from "../../scripts/terminal.ts";
import { bundleProgram } from "../deliver-kill/bundle-program.ts";
import { createCast } from "../deliver-kill/cast.ts";
import { plantDevices } from "../deliver-kill/plant-devices.ts";
import { photograph } from "../walk/photograph.ts";
import { startRelay } from "../walk/relay.ts";
import { createWorld, type World } from "../walk/world.ts";
import { findLost, settle, tellOutcome } from "./assess.ts";
import { bring, overheat, picturedShare } from "./load.ts";
import { type Database, startVictims, type VictimName, type Victims, victimNames } from "./victims.ts";
import { watchMinutes } from "./watch.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    rate: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
  },
});
const [minutes, rate, seed] = [Number(values.minutes), Number(values.rate), Number(values.seed)];
if (!(minutes >= 1 && minutes <= 60)) throw new Error(`--minutes must be 1..60, got ${values.minutes}`);
if (!(rate > 0 && rate <= 20)) {
  throw new Error(`--rate must be above 0 and at most 20 a second, got ${values.rate}`);
}

const killsEach = 2;
const rooms = 3;
/** The last kill comes before the end, so that what it broke is seen whole under load. */
const killedShare = 0.85;
const endpoints = 2;

/** Each victim once in every round, in an order of the seed's. */
async function killInTurn(victims: Victims, untilMs: number): Promise<void> {
  const random = randomOf(seed);
  const startMs = Date.now();
  const order = Array.from({ length: killsEach }, () => shuffled(victimNames, random)).flat();
  for (const [index, name] of order.entries()) {
    const share = ((index + 1) / (order.length + 1)) * killedShare;
    await pause(Math.max(0, startMs + share * (untilMs - startMs) - Date.now()));
    const at = Math.round((Date.now() - startMs) / 1000);
    await victims[name].killAndRestart();
    terminal.line(
      `  ${at} s: ${name} killed; alive again after ${Math.round((Date.now() - startMs) / 1000) - at} s`,
    );
  }
}

function shuffled(names: readonly VictimName[], random: () => number): VictimName[] {
  return names
    .map((name) => ({ name, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ name }) => name);
}

async function crashAll(world: World, database: Database, folder: string): Promise<void> {
  const account = world.base.seeded.accounts.find(({ tier }) => tier === "pro");
  if (!account) throw new Error("expected an account of tier pro");
  const [gatewayKey = ""] = await plantDevices(world.base, account, 1);
  const [api, delivery] = await Promise.all([
    bundleProgram("functions/src/local.ts"),
    bundleProgram("test/crash-everything/delivery-function.ts"),
  ]);
  const victims = await startVictims(world, database, {
    api,
    delivery,
    gatewayKey,
    folder: join(folder, "gateway"),
  });
  const over = new AbortController();
  const events = Math.ceil(minutes * 60 * rate * picturedShare) + 20;
  const cast = await createCast({ world, urlOf: () => victims.apiUrl, endpoints, events, reports: false });
  try {
    const names = ["manInLane", "truckInLane", "carPark", "dogOnLawn", "nightStreet"] as const;
    const pictures = await Promise.all(names.map(photograph));
    const startMs = Date.now();
    const untilMs = startMs + minutes * 60_000;
    const watching = watchMinutes({ world, cast, victims, startMs, signal: over.signal });
    const burning = overheat(victims.sensors, rooms, over.signal);
    const [load] = await Promise.all([
      bring(cast, { perSecond: rate, untilMs, pictures }),
      killInTurn(victims, untilMs),
    ]);
    over.abort();
    await burning;
    const settledMs = await settle(world, cast, victims, load);
    const watched = await watching;
    const faults = await findLost(world, cast, victims, load, watched);
    await tellOutcome(world, { victims, load, watched, settledMs, faults, minutes });
    if (faults.length > 0) process.exitCode = 1;
  } finally {
    over.abort();
    await cast.close();
    await Promise.all(victimNames.filter((name) => name !== "PostgreSQL").map((name) => victims[name].end()));
  }
}

const folder = await mkdtemp(join(tmpdir(), "vigil-crash-"));
const relay = await startRelay();
const startServer = async () => {
  // Durable as on a server: what it has acknowledged outlives it.
  const started = await startPostgres({
    dataDir: join(folder, "data"),
    logFile: join(folder, "postgres.log"),
    password: "owner-of-the-crashes",
  });
  relay.leadTo(started.port);
  return started;
};
let server = await startServer();
const database: Database = {
  server: () => server,
  async start() {
    server = await startServer();
  },
};
const url = new URL(server.url("postgres"));
url.port = String(relay.port);
process.env["TEST_DATABASE_URL"] = url.href;
try {
  const world = await createWorld();
  // Whoever stops this leaves no process behind.
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void world.close().finally(() => process.exit(1)));
  }
  try {
    await crashAll(world, database, folder);
  } finally {
    await world.close();
  }
} finally {
  await relay.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
