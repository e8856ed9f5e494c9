/** All of Vigil in one process: its parts as simulated processes, each with services of its own, over one outside world. */
import { createPrivateKey, createPublicKey } from "node:crypto";
import { type Channels, createChannels } from "@vigil/core/channels";
import * as Endpoint from "@vigil/core/endpoint";
import { appendToLog, buryMessage, type Services, sweep } from "@vigil/core/flow";
import { coalesce } from "@vigil/core/platform/coalesce";
import type { Queue } from "@vigil/core/platform/queue";
import { createTracer } from "@vigil/core/platform/trace";
import type { Webhooks } from "@vigil/core/platform/webhooks";
import type { Seeded } from "@vigil/core/seed";
import * as Stream from "@vigil/core/stream";
import { createApp } from "../../functions/src/app.ts";
import { deliveryDue } from "../../functions/src/queue/delivery-due.ts";
import { sessionDue } from "../../functions/src/queue/session-due.ts";
import type { Databases } from "./gated-database.ts";
import type { Network } from "./network.ts";
import type { Weather } from "./outside.ts";
import { rest, type SimulatedQueue, type SimulatedStore, simulatedQueue, simulatedStore } from "./outside.ts";
import { type ProcessName, processNames } from "./plan.ts";
import type { Planted } from "./planted.ts";
import type { Process, World } from "./world.ts";

/** Ed25519, PKCS #8: a fixed head and 32 bytes. */
const head = Buffer.from("302e020100300506032b657004220420", "hex");
const jobKey = createPrivateKey({
  key: Buffer.concat([head, Buffer.alloc(32, 7)]),
  format: "der",
  type: "pkcs8",
});
export const jobPublicKey = createPublicKey(jobKey);
const signIn = { origin: "http://console.test", secret: "secret-of-sign-in-of-the-simulation" };

const restartMs = 2_000;
const sweepMs = 60_000;
const sweepMsMax = 2 * 3_600_000;
const consumersOf = { sessions: 1, deliveries: 2, "dead letters": 1 } as const;

export type Queues = Record<
  "priority" | "standard" | "bulk" | "sessionsDue" | "deliveries" | "deadLetters",
  SimulatedQueue
>;

export type House = {
  world: World;
  seeded: Seeded;
  queues: Queues;
  store: SimulatedStore;
  network: Network;
  planted: Planted | undefined;
  weather: () => Weather;
  /** Whether faults are over, and all that is left is to come to an end. */
  isEnding: boolean;
  /** Called after each sweep of the ending. */
  afterSweep: () => void;
  servicesOf(process: Process): Services;
  start(name: ProcessName): void;
  kill(name: ProcessName): Promise<void>;
  processes: Map<ProcessName, Process>;
};

export type Begin = Partial<Record<ProcessName, (house: House, process: Process) => void>>;

export function openHouse(
  world: World,
  parts: {
    seeded: Seeded;
    databases: Databases;
    network: Network;
    webhooks: Webhooks;
    planted: Planted | undefined;
    weather: () => Weather;
    /** What else runs, by process. */
    begin: Begin;
  },
): House {
  const { databases, network, webhooks, planted, weather } = parts;
  const outside = world.openProcess("outside");
  const queues = openQueues(world, weather);
  const store = simulatedStore(world, weather);
  const processes = new Map<ProcessName, Process>();
  const begin: Record<ProcessName, (process: Process) => void> = {
    api(process) {
      const app = createApp(servicesOf(process), { signIn });
      network.serve(process, (path, init) => app.request(path, init));
    },
    sessions: (process) => {
      const services = servicesOf(process);
      consume(process, queues.sessionsDue, consumersOf.sessions, (body) => sessionDue(services, body));
    },
    deliveries: (process) => {
      const services = servicesOf(process);
      const channels: Channels = createChannels(services, {
        webhooks: planted?.webhooks?.(webhooks, world, outside) ?? webhooks,
        mailer: undefined,
        pusher: undefined,
      });
      consume(process, queues.deliveries, consumersOf.deliveries, (body) =>
        deliveryDue(services, channels, body),
      );
    },
    "dead letters": (process) => {
      const services = servicesOf(process);
      consume(process, queues.deadLetters, consumersOf["dead letters"], (body, receives) =>
        buryMessage(services, body, receives),
      );
    },
    sweep: (process) => void world.spawn(process, "sweep", () => keepSweeping(process)),
    worker: (process) => parts.begin.worker?.(house, process),
    gateway: (process) => parts.begin.gateway?.(house, process),
  };

  function servicesOf(process: Process): Services {
    const database = databases.open(process);
    const silent = () => {};
    return {
      database,
      blobs: store,
      jobs: { priority: queues.priority, standard: queues.standard },
      bulk: queues.bulk,
      jobSigningKey: jobKey,
      sessionsDue: queues.sessionsDue,
      deliveries: queues.deliveries,
      deadLetters: queues.deadLetters,
      clock: { now: () => new Date(world.timeOf(process)) },
      dispatchInTurn: coalesce(),
      chunksInTurn: coalesce(),
      deliveriesInTurn: coalesce(),
      telling: {
        endpointKey: Endpoint.keyOf("a secret of the simulation"),
        consoleOrigin: "http://console.test",
        receivers: { localReceivers: true },
        offered: { email: false, vapidPublicKey: null },
        random: Math.random,
      },
      payments: null,
      newestEntry: Stream.watchNewest((ids) => Stream.listNewest(database.sql, ids), 100),
      log: { info: silent, warn: silent, error: silent },
      tracer: createTracer({ record: undefined }),
      policy: { sessionGapSeconds: 30, evidenceDays: 90 },
    };
  }

  /** As a queue's trigger does: receive, call, delete what succeeded. */
  function consume(
    process: Process,
    queue: Queue,
    count: number,
    work: (body: string, receives: number) => Promise<unknown>,
  ): void {
    const loop = async () => {
      for (;;) {
        try {
          const [message] = await queue.receive({
            messagesMax: 1,
            waitSeconds: house.isEnding ? 300 : 20,
            visibilitySeconds: 120,
          });
          if (!message) continue;
          await work(message.body, message.receiveCount);
          await queue.delete(message);
        } catch {
          await rest(world, 1_000);
        }
      }
    };
    for (let index = 0; index < count; index += 1) void world.spawn(process, "consume", loop);
  }

  async function keepSweeping(process: Process): Promise<void> {
    const services = servicesOf(process);
    for (let everyMs = sweepMs; ; everyMs = house.isEnding ? Math.min(sweepMsMax, everyMs * 1.6) : sweepMs) {
      if (!planted?.sweepsNot) {
        await sweep(services).catch(() => undefined);
        await appendToLog(services).catch(() => undefined);
      }
      if (house.isEnding) house.afterSweep();
      await rest(world, everyMs);
    }
  }

  const house: House = {
    world,
    seeded: parts.seeded,
    queues,
    store,
    network,
    planted,
    weather,
    isEnding: false,
    afterSweep: () => {},
    servicesOf,
    processes,
    start(name) {
      const process = world.openProcess(name);
      processes.set(name, process);
      begin[name](process);
    },
    async kill(name) {
      const process = processes.get(name);
      if (!process || process.isDead) return;
      await world.kill(process);
      world.startTimer(outside, restartMs, () => {
        if (processes.get(name) === process) house.start(name);
      });
    },
  };
  for (const name of processNames) house.start(name);
  return house;
}

function openQueues(world: World, weather: () => Weather): Queues {
  const deadLetters = simulatedQueue(world, "dead letters", { weather });
  const named = (name: string) => simulatedQueue(world, name, { weather, deadLetters });
  return {
    deadLetters,
    priority: named("priority"),
    standard: named("standard"),
    bulk: named("bulk"),
    // These two are made up for by the sweep alone.
    sessionsDue: simulatedQueue(world, "sessions due", { weather }),
    deliveries: named("deliveries"),
  };
}
