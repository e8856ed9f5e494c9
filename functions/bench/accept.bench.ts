/**
 * The accept path beside a handler that does the same steps naively, in turn, in one run, with PostgreSQL on the same
 * cores: one event a request, batches of 100 as a gateway sends them that comes back, and one hot device with 100 requests
 * at once. Ratios of one run are what counts; nothing passes or fails by them.
 *
 *   npm run bench -- accept --stored 1000,100000 --seconds 4 --rounds 3
 */
import "../../scripts/help.ts";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { connect } from "@vigil/core/db";
import { systemClock } from "@vigil/core/platform/clock";
import { openNaiveIntake } from "../../packages/core/bench/naive-intake.ts";
import { createTestDatabase, type TestDatabase } from "../../packages/core/testing/database.ts";
import { createTestServices } from "../../packages/core/testing/services.ts";
import { percentile } from "../../packages/core/testing/simulate.ts";
import { startPostgres } from "../../scripts/local/postgres.ts";
import { createApp } from "../src/app.ts";
import { signIn } from "../testing/api.ts";
import { type Cpu, cpuOf } from "./cpu.ts";
import { createNaive } from "./naive.ts";
import { plantEvents } from "./plant-events.ts";

const { values } = parseArgs({
  options: {
    stored: { type: "string", default: "1000,100000" },
    seconds: { type: "string", default: "4" },
    rounds: { type: "string", default: "3" },
    accounts: { type: "string", default: "200" },
    only: { type: "string", default: "single,batch,hot" },
  },
});
const accounts = Number(values.accounts);
const rounds = Number(values.rounds);
const secondsEach = Number(values.seconds);
const connectionsMax = 10;

type App = { fetch(request: Request): Response | Promise<Response> };
type Account = TestDatabase["seeded"]["accounts"][number];
type Contender = { name: string; app: App; accounts: readonly Account[] };
type Load = {
  name: string;
  atOnce: number;
  eventsEach: number;
  path: string;
  body(turn: number): unknown;
  accountOf(turn: number, all: readonly Account[]): Account | undefined;
};

const types = ["person", "motion", "vehicle", "animal"] as const;
const zones = ["front_door", "driveway", "garden", "garage"] as const;

function eventOf(turn: number, occurredAt: Date) {
  return {
    id: randomUUID(),
    type: types[turn % types.length],
    occurredAt: occurredAt.toISOString(),
    zone: zones[Math.floor(turn / 3) % zones.length],
    confidence: 0.5 + (turn % 50) / 100,
    mode: "home",
  };
}

/** What a gateway kept for days: happenings of five events some seconds apart, ten minutes between them. */
function backlogOf(turn: number) {
  const round = Math.floor(turn / accounts);
  const began = Date.now() - 6 * 86_400_000 + round * 20 * 600_000;
  return Array.from({ length: 100 }, (_, index) =>
    eventOf(index, new Date(began + Math.floor(index / 5) * 600_000 + (index % 5) * 7_000)),
  );
}

const loads: Load[] = [
  {
    name: "single",
    atOnce: 16,
    eventsEach: 1,
    path: "/v1/events",
    body: (turn) => eventOf(turn, new Date()),
    accountOf: (turn, all) => all[turn % all.length],
  },
  {
    name: "batch",
    atOnce: 4,
    eventsEach: 100,
    path: "/v1/events/batch",
    body: (turn) => ({ events: backlogOf(turn) }),
    accountOf: (turn, all) => all[turn % all.length],
  },
  {
    name: "hot",
    atOnce: 100,
    eventsEach: 1,
    path: "/v1/events",
    body: (turn) => eventOf(turn, new Date()),
    accountOf: (turn, all) => all[all.length - 1 - (Math.floor(turn / 900) % 20)],
  },
];

type Measured = { events: number; seconds: number; ms: number[]; cpu: Cpu; failed: Map<number, number> };
const turns = new Map<string, number>();

async function measure({ name, app, accounts: own }: Contender, load: Load, pid: number): Promise<Measured> {
  const began = performance.now();
  const before = await cpuOf(pid);
  const measured: Measured = { events: 0, seconds: 0, ms: [], cpu: before, failed: new Map() };
  const place = `${name} ${load.name}`;
  const work = async () => {
    while (performance.now() - began < secondsEach * 1000) {
      const turn = turns.get(place) ?? 0;
      turns.set(place, turn + 1);
      const key = load.accountOf(turn, own)?.deviceKey ?? "";
      const body = JSON.stringify(load.body(turn));
      const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
      const asked = performance.now();
      const answer = await app.fetch(
        new Request(`http://bench.test${load.path}`, { method: "POST", headers, body }),
      );
      const answered = (await answer.json()) as { items?: { status: number }[] };
      measured.ms.push(performance.now() - asked);
      for (const { status } of answered.items ?? [answer]) {
        if (status === 202) measured.events += 1;
        else measured.failed.set(status, (measured.failed.get(status) ?? 0) + 1);
      }
    }
  };
  await Promise.all(Array.from({ length: load.atOnce }, work));
  const after = await cpuOf(pid);
  measured.seconds = (performance.now() - began) / 1000;
  measured.cpu = {
    apiMs: after.apiMs - before.apiMs,
    databaseMs: after.databaseMs - before.databaseMs,
  };
  return measured;
}

function print(cells: readonly string[]): void {
  process.stdout.write(`${cells.map((cell, index) => cell.padEnd(index === 0 ? 26 : 14)).join("")}\n`);
}

function row(name: string, all: readonly Measured[], baseline: number | undefined): number {
  const events = all.reduce((sum, one) => sum + one.events, 0);
  const perSecond = percentile(
    all.map((one) => one.events / one.seconds),
    0.5,
  );
  const ms = all.flatMap((one) => one.ms);
  const cpu = (of: "apiMs" | "databaseMs") =>
    (all.reduce((sum, one) => sum + one.cpu[of], 0) / Math.max(1, events)).toFixed(2);
  const failed = new Map<number, number>();
  for (const one of all) {
    for (const [status, count] of one.failed) failed.set(status, (failed.get(status) ?? 0) + count);
  }
  print([
    name,
    perSecond.toFixed(0),
    baseline === undefined ? "" : `x${(perSecond / baseline).toFixed(2)}`,
    percentile(ms, 0.5).toFixed(1),
    percentile(ms, 0.99).toFixed(1),
    cpu("apiMs"),
    cpu("databaseMs"),
    [...failed].map(([status, count]) => `${count} x ${status}`).join(", "),
  ]);
  return perSecond;
}

async function compare(base: TestDatabase, stored: number, pid: number): Promise<void> {
  const all = base.seeded.accounts;
  const services = { ...createTestServices(base), clock: systemClock };
  const database = connect(base.appUrl, { connectionsMax });
  const naive = openNaiveIntake(base.ownerUrl, connectionsMax);
  const app = createApp({ ...services, database }, { signIn });
  const contenders: Contender[] = [
    { name: "naive", app: createNaive(naive), accounts: all.slice(0, accounts) },
    { name: "vigil", app, accounts: all.slice(accounts) },
  ];
  try {
    print([
      `${stored} events stored`,
      "events/s",
      "ratio",
      "P50, ms",
      "P99, ms",
      "API CPU, ms",
      "DB CPU, ms",
      "refused",
    ]);
    for (const load of loads.filter(({ name }) => values.only.split(",").includes(name))) {
      const measured = new Map<string, Measured[]>(contenders.map(({ name }) => [name, []]));
      for (let round = 0; round <= rounds; round += 1) {
        for (const contender of contenders) {
          const one = await measure(contender, load, pid);
          // The first round fills caches and compiles.
          if (round > 0) measured.get(contender.name)?.push(one);
        }
      }
      const baseline = row(`${load.name}: naive`, measured.get("naive") ?? [], undefined);
      row(`${load.name}: vigil`, measured.get("vigil") ?? [], baseline);
    }
  } finally {
    await Promise.all([database.close(), naive.end()]);
  }
}

const folder = await mkdtemp(join(tmpdir(), "vigil-bench-"));
try {
  await using postgres = await startPostgres({
    dataDir: join(folder, "postgres"),
    logFile: join(folder, "postgres.log"),
    password: randomBytes(16).toString("hex"),
    volatile: true,
  });
  process.env.TEST_DATABASE_URL = postgres.url("postgres");
  for (const stored of values.stored.split(",").map(Number)) {
    const plan = Array.from({ length: 2 * accounts }, (_, index) => ({
      name: `account ${index}`,
      tier: "lite" as const,
      siteName: "Home",
      deviceName: "Camera",
      timeZone: "Europe/London",
    }));
    const base = await createTestDatabase(plan);
    try {
      await plantEvents(base.owner, base.seeded.accounts, stored);
      await compare(base, stored, postgres.pid);
    } finally {
      await base.close();
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
