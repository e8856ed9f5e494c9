/** Plays a seed: the plan is drawn, all of Vigil lives through it, comes to its end, and what it promised is looked at. */
import { openSql, type Sql } from "@vigil/core/db";
import { EndpointInput } from "@vigil/core/endpoint/wire";
import { addEndpoint } from "@vigil/core/flow";
import { createTestDatabase, type TestDatabase } from "../../packages/core/testing/database.ts";
import { assertPromises, findUnderWay } from "./assert-promises.ts";
import { type Connections, type Databases, keepPristine, openConnections } from "./gated-database.ts";
import { openGateway } from "./gateway.ts";
import { type House, openHouse } from "./house.ts";
import { readLedger } from "./ledger.ts";
import { openNetwork } from "./network.ts";
import { calm, simulatedReceivers, type Taken, type Weather } from "./outside.ts";
import { forgetIds, startMs, takeRuntime } from "./own-time.ts";
import { createPeople } from "./people.ts";
import { type Deed, drawPlan, type Fault, type Plan } from "./plan.ts";
import type { Planted } from "./planted.ts";
import { beginWorker } from "./worker.ts";
import { World } from "./world.ts";

const stepsMax = 12_000;
const endingSweepsMax = 20;

export type Played = {
  seed: number;
  violations: World["violations"];
  traceHash: string;
  trace: string[];
  plan: Plan;
  steps: number;
  statements: number;
  kills: number;
  deadlocks: number;
  /** What came to pass, so that a run that did nothing is seen as one. */
  done: { events: number; digests: number; delivered: number; failed: number };
};

export type Stage = {
  play(seed: number, options?: PlayOptions): Promise<Played>;
  close(): Promise<void>;
};

export type PlayOptions = {
  planted?: Planted | undefined;
  /** Leaves out deeds and faults by their places in the plan: deeds first. */
  without?: ReadonlySet<number>;
  keepTrace?: boolean;
};

/** Makes the database on which seeds are played, one after another. */
export async function openStage(): Promise<Stage> {
  takeRuntime();
  const base = await createSameDatabase();
  const makePristine = await keepPristine(base.ownerUrl);
  const owner = openSql(base.ownerUrl, { connectionsMax: 1 });
  const connections = openConnections(base);
  return {
    async play(seed, options = {}) {
      await makePristine();
      return playOne({ base, owner, connections }, seed, options);
    },
    async close() {
      await Promise.all([owner.end(), connections.close()]);
      await base.close();
    },
  };
}

/** The accounts have the same ids and keys whenever they are made. */
async function createSameDatabase(): Promise<TestDatabase> {
  const world = new World(0, { startMs });
  world.isLive = false;
  const made = world.openProcess("maker");
  made.skewMs = -172_800_000;
  forgetIds(world, made);
  return world.spawn(made, "accounts", () => createTestDatabase());
}

function partOf(plan: Plan, without: ReadonlySet<number>): Plan {
  const deeds = plan.deeds.filter((_, index) => !without.has(index));
  const faults = plan.faults.filter((_, index) => !without.has(plan.deeds.length + index));
  return { deeds, faults };
}

async function playOne(
  { base, owner, connections }: { base: TestDatabase; owner: Sql; connections: Connections },
  seed: number,
  { planted, without = new Set(), keepTrace = false }: PlayOptions,
): Promise<Played> {
  const world = new World(seed, { startMs, keepTrace });
  const plan = partOf(drawPlan(world), without);
  const found = plan.faults.find((fault) => fault.kind === "weather");
  let weather: Weather = calm;
  let isArranged = false;
  const databases = connections.lend(world, (statement) =>
    isArranged ? planted?.rewrite?.(statement) : undefined,
  );
  const gateway = openGateway();
  const taken: Taken = new Map();
  const lies = plan.faults.some(({ kind }) => kind === "lies");
  const counts = { kills: 0, deadlocks: 0 };
  try {
    const outside = world.openProcess("outside");
    forgetIds(world, { ...outside, skewMs: -86_400_000 });
    const house = openHouse(world, {
      seeded: base.seeded,
      databases,
      network: openNetwork(world, () => weather),
      webhooks: simulatedReceivers(world, () => weather, taken),
      planted,
      weather: () => weather,
      begin: {
        worker: (at, process) => beginWorker(at, process, lies && !at.isEnding),
        gateway: (at, process) => gateway.begin(at, process),
      },
    });
    watch(world, owner, databases, counts);
    await arrange(house, world);
    isArranged = true;
    if (found?.kind === "weather") ({ weather } = found);
    const people = createPeople(house);
    const acting = plan.deeds.map((deed, index) =>
      world.spawn(outside, deed.kind, () => act(deed, index, { people, gateway, world })),
    );
    let isActed = false;
    void Promise.allSettled(acting).finally(() => {
      isActed = true;
    });
    await chaos({ world, house, databases, faults: plan.faults, isOver: () => isActed, counts });
    weather = calm;
    await end({ world, house, owner, gateway, isActed: () => isActed, planted });
    if (world.violations.length === 0) {
      await assertPromises(owner, house, { told: people.told, taken, gateway });
    }
    const done = await countDone(owner);
    return {
      seed,
      violations: world.violations,
      traceHash: world.traceHash,
      trace: world.trace,
      plan,
      steps: world.steps,
      statements: databases.statements,
      ...counts,
      done,
    };
  } finally {
    await databases.giveBack();
    gateway.close();
  }
}

/** After each commit the ledger balances, and nothing that is under way lacks what carries it on. */
function watch(world: World, owner: Sql, databases: Databases, counts: { deadlocks: number }): void {
  world.afterStep = async (label) => {
    if (!/^commit/i.test(label)) return;
    const { lines, faults, unbalanced } = await readLedger(owner);
    for (const { noun, missing } of lines) {
      if (missing !== 0) world.violate("ledger", `${noun} misses ${missing}`);
    }
    for (const { noun, missing } of unbalanced) {
      world.violate("ledger", `an account misses ${missing} of ${noun}`);
    }
    for (const { kind, subject } of faults) world.violate("ledger", `${kind} ${subject}`);
  };
  world.onStandstill = async () => {
    counts.deadlocks += 1;
    return databases.cancelLast();
  };
}

/** Each account is told by a webhook. */
async function arrange(house: House, world: World): Promise<void> {
  const arranging = world.openProcess("arrange");
  let isDone = false;
  const arranged = world.spawn(arranging, "endpoints", async () => {
    const services = house.servicesOf(arranging);
    for (const [index, { accountId, memberId }] of house.seeded.accounts.entries()) {
      const input = EndpointInput.parse({ type: "webhook", url: `http://127.0.0.1:${9_000 + index}/hook` });
      await addEndpoint(services, { accountId, actor: memberId }, input);
    }
  });
  void arranged
    .catch((error: unknown) => world.violate("arranging", String(error)))
    .finally(() => {
      isDone = true;
    });
  await world.run(() => isDone, stepsMax);
}

async function act(
  deed: Deed,
  number: number,
  parts: { people: ReturnType<typeof createPeople>; gateway: ReturnType<typeof openGateway>; world: World },
): Promise<void> {
  await parts.people.act(deed, number);
  if (deed.kind === "heard") await parts.gateway.record(deed, number);
}

async function chaos(parts: {
  world: World;
  house: House;
  databases: Databases;
  faults: readonly Fault[];
  isOver: () => boolean;
  counts: { kills: number };
}): Promise<void> {
  const { world, house, databases, counts } = parts;
  const timed = parts.faults
    .flatMap((fault) => ("atStep" in fault ? [fault] : []))
    .toSorted((a, b) => a.atStep - b.atStep);
  const began = world.steps;
  for (const fault of timed) {
    const isDue = () => world.steps - began >= fault.atStep;
    if (!isDue()) await world.run(() => isDue() || parts.isOver(), stepsMax);
    if (fault.kind === "kill") {
      counts.kills += 1;
      await house.kill(fault.process);
    } else if (fault.kind === "restart") await databases.restart();
    else if (fault.kind === "fail") databases.failNext(fault.code);
    else {
      const process = house.processes.get(fault.process);
      if (process) process.skewMs = fault.ms;
    }
  }
  await world.run(parts.isOver, stepsMax);
}

/** The power fails, comes back, and the outside behaves: all that was accepted comes to its end. */
async function end(parts: {
  world: World;
  house: House;
  owner: Sql;
  gateway: ReturnType<typeof openGateway>;
  isActed: () => boolean;
  planted: Planted | undefined;
}): Promise<void> {
  const { world, house, owner, gateway } = parts;
  if (world.violations.length > 0) return;
  house.isEnding = true;
  for (const process of house.processes.values()) if (!process.isDead) await world.kill(process);
  for (const name of house.processes.keys()) house.start(name);
  let sweeps = 0;
  house.afterSweep = () => {
    sweeps += 1;
  };
  let left: string[] = ["nothing looked at yet"];
  for (let round = 1; round <= endingSweepsMax; round += 1) {
    const ran = await world.run(() => sweeps >= round, stepsMax);
    left = [
      ...(await findUnderWay(owner, house, gateway)),
      ...(parts.isActed() ? [] : ["somebody still asks"]),
    ];
    if (left.length === 0) return;
    if (ran !== "over") break;
  }
  world.violate("never-ends", left.join("; "));
}

async function countDone(owner: Sql): Promise<Played["done"]> {
  const [row] = await owner<Played["done"][]>`select (select count(*) from event)::int as events,
    (select count(*) from digest)::int as digests,
    (select count(*) from delivery where state = 'delivered')::int as delivered,
    (select count(*) from review where state = 'failed')::int as failed`;
  return row ?? { events: 0, digests: 0, delivered: 0, failed: 0 };
}
