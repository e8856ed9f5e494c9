/** Sensing with a clock that a test moves, on free ports, and connections that speak to it. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Clock } from "../src/clock.ts";
import { createLog } from "../src/log.ts";
import { openSensing, type Sensing, type SensingOptions } from "../src/sensing.ts";
import { SensingConfig } from "../src/sensing-config.ts";
import type { Alarm, Fault, Reading } from "../src/sensing-words.ts";
import { waitUntil } from "./wait-until.ts";

export type MovedClock = Clock & { move(ms: number): void };

function movedClock(): MovedClock {
  let ms = 1_000_000;
  const start = Date.UTC(2026, 0, 1);
  return {
    monotonicMs: () => ms,
    now: () => new Date(start + ms),
    move(by) {
      ms += by;
    },
  };
}

export type TestSite = AsyncDisposable & {
  sensing: Sensing;
  clock: MovedClock;
  alarms: Alarm[];
  faults: Fault[];
  readings: Reading[];
  /** A device's connection; ended with the site. */
  connect: () => Promise<TestConnection>;
};

export type TestConnection = {
  socket: Socket;
  /** Sends and waits until the packets were judged: so many more than before. */
  say: (bytes: string | Buffer, packets?: number) => Promise<void>;
  /** What the gateway said, joined. */
  heard: () => string;
  closed: Promise<void>;
};

export async function openTestSite(
  settings: { [key: string]: unknown } = {},
  onReading?: SensingOptions["onReading"],
): Promise<TestSite> {
  const clock = movedClock();
  const [alarms, faults, readings]: [Alarm[], Fault[], Reading[]] = [[], [], []];
  const sensing = await openSensing({
    config: SensingConfig.parse({ host: "127.0.0.1", port: 0, ...settings }),
    clock,
    log: createLog({ level: "silent" }),
    onAlarm: (alarm) => alarms.push(alarm),
    onReading: onReading ?? ((batch) => void readings.push(...batch.map((reading) => ({ ...reading })))),
    onFault: (fault) => faults.push(fault),
  });
  const sockets = new Set<Socket>();

  async function open(): Promise<TestConnection> {
    const socket = connect(sensing.address);
    sockets.add(socket);
    socket.on("error", () => {});
    let text = "";
    socket.on("data", (bytes) => {
      text += bytes.toString("latin1");
    });
    const closed = once(socket, "close").then(() => undefined);
    await once(socket, "connect");
    return {
      socket,
      async say(bytes, packets = 0) {
        const wanted = sensing.counters().packets + packets;
        socket.write(bytes);
        await waitUntil(() => sensing.counters().packets >= wanted, { what: `${packets} packets` });
      },
      heard: () => text,
      closed,
    };
  }

  return {
    sensing,
    clock,
    alarms,
    faults,
    readings,
    connect: open,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await sensing.close();
    },
  };
}
