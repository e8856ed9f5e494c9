/** The services of flows in tests: a real database, queues and objects in memory, a clock that the test moves. */
import { generateKeyPairSync } from "node:crypto";
import * as Endpoint from "../src/endpoint/index.ts";
import type { Services } from "../src/flow/services.ts";
import { stream as limits } from "../src/limits.ts";
import type { Clock } from "../src/platform/clock.ts";
import { coalesce } from "../src/platform/coalesce.ts";
import { memoryBlobs, memoryQueue } from "../src/platform/memory.ts";
import { createTracer } from "../src/platform/trace.ts";
import * as Stream from "../src/stream/index.ts";
import type { TestDatabase } from "./database.ts";

export type MovableClock = Clock & { advance(ms: number): void; set(at: Date): void };

/** Ten in the morning of today: judgements depend on the hour, and tests must not depend on when they run. */
function thisMorning(): Date {
  const at = new Date();
  at.setUTCHours(10, 0, 0, 0);
  return at;
}

export function movableClock(start = thisMorning()): MovableClock {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    advance(ms) {
      at += ms;
    },
    set(next) {
      at = next.getTime();
    },
  };
}

export type TestServices = Omit<Services, "clock"> & { clock: MovableClock };

export function createTestServices(
  { database }: Pick<TestDatabase, "database">,
  clock = movableClock(),
): TestServices {
  const silent = () => {};
  return {
    database,
    blobs: memoryBlobs(clock),
    jobs: { priority: memoryQueue(clock), standard: memoryQueue(clock) },
    bulk: memoryQueue(clock),
    jobSigningKey: generateKeyPairSync("ed25519").privateKey,
    sessionsDue: memoryQueue(clock),
    deliveries: memoryQueue(clock),
    deadLetters: memoryQueue(clock),
    clock,
    dispatchInTurn: coalesce(),
    chunksInTurn: coalesce(),
    deliveriesInTurn: coalesce(),
    telling: {
      endpointKey: Endpoint.keyOf("a secret of the tests"),
      consoleOrigin: "http://console.test",
      receivers: { localReceivers: true },
      offered: { email: true, vapidPublicKey: null },
      random: () => 0.5,
    },
    payments: null,
    newestEntry: Stream.watchNewest((ids) => Stream.listNewest(database.sql, ids), limits.gatherMs),
    log: { info: silent, warn: silent, error: silent },
    tracer: createTracer({ record: undefined }),
    policy: { sessionGapSeconds: 30, evidenceDays: 90 },
  };
}
