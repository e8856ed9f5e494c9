/**
 * Sensing: hears the site's devices, judges what they say, and tells. This is the one door to it.
 *
 *     const sensing = await openSensing({ config, clock, log, onAlarm, onReading, onFault });
 *     sensing.devices();
 *     await sensing.close();
 *
 * Alarms are told from within the read of the socket that brought the evidence, before anything is stored or sent.
 */
import { randomUUID } from "node:crypto";
import type { Clock } from "./clock.ts";
import { createAddressMap } from "./devices/address-map.ts";
import { createComplaints } from "./devices/complaints.ts";
import type { Device } from "./devices/device.ts";
import { createHealth, type Health, reconnectsMax } from "./devices/health.ts";
import { openImportedPlaces } from "./devices/imported-places.ts";
import { type MemoryStore, openMemoryStore } from "./devices/memory.ts";
import { createReadingQueue } from "./devices/reading-queue.ts";
import { createRegistry, type Registry } from "./devices/registry.ts";
import type { CommandName, Schedule } from "./devices/schedule.ts";
import type { Log } from "./log.ts";
import type { SensingConfig } from "./sensing-config.ts";
import { type Counts, countersOf, createCounts, type SensingCounters } from "./sensing-counters.ts";
import type { Alarm, DeviceState, Fault, Reading, ThermalGrid } from "./sensing-words.ts";
import { type Binding, createBinding } from "./sensors/binding.ts";
import { type Connection, type ConnectionEvents, createConnection } from "./sensors/connection.ts";
import { type ListenOptions, listen } from "./sensors/listen.ts";
import { createMalformedLog } from "./sensors/malformed-log.ts";
import { listenWebSocket } from "./sensors/websocket.ts";
import type { BaselineState } from "./thermal/baseline.ts";

export type { CommandName, Schedule } from "./devices/schedule.ts";
export type { SensingCounters } from "./sensing-counters.ts";
export type { BaselineState } from "./thermal/baseline.ts";

export type SensingOptions = {
  config: SensingConfig;
  clock: Clock;
  log: Log;
  /** Called from within the read that brought the evidence. Must not throw and must not wait. */
  onAlarm: (alarm: Alarm) => void;
  /**
   * What was measured, in batches: after 50 ms, or as soon as 2,000 wait. While a promise that it returned is open,
   * up to 10,000 readings wait; then the oldest are dropped and counted by device. The batch is lent: it holds until this
   * returns, or until its promise settles.
   */
  onReading: (batch: readonly Readonly<Reading>[]) => void | Promise<void>;
  onFault: (fault: Fault) => void;
};

/** What a camera's look says of a place: how sure it is, 0 to 1, that there is fire or smoke in the picture. */
export type VisionScore = { place: string; score: number; what: "fire" | "smoke" };

/** What a person sets is in force at once, and kept for good when its promise resolves; rejects with `NotKept` otherwise. */
type Kept = Promise<void>;

/** Throw a RangeError when there is no such device, or no such candidate (any more). */
export type Baselines = {
  list: () => BaselineState[];
  /** Gathers frames from now on; the candidate stands in `list` once there are enough of them. Neither outlives a restart. */
  propose: (device: string, by: string, why: string) => void;
  approve: (device: string, candidate: string, by: string, why: string) => Kept;
  reject: (device: string, candidate: string, by: string, why: string) => Kept;
};

export type Schedules = {
  of: (device: string) => Schedule;
  set: (device: string, schedule: Schedule) => Kept;
  /** Queued behind what the device was told before; at least a second lies between two commands. */
  send: (device: string, command: CommandName) => void;
};

export type Places = {
  /** `key` is a serial number, an address, or what a device calls its location. */
  list: () => { key: string; place: string }[];
  /** All of it or none: throws a RangeError with every faulty line. */
  load: (text: string, format: "csv" | "json") => Kept;
  save: (format: "csv" | "json") => string;
};

export type GasCalibration = { device: string; r0Ohm: number };

export type Sensing = {
  readonly address: { host: string; port: number };
  readonly websocketAddress: { host: string; port: number } | undefined;
  devices: () => DeviceState[];
  /** The latest frame of a device; undefined when it sent none. */
  grid: (device: string) => ThermalGrid | undefined;
  counters: () => SensingCounters;
  baselines: Baselines;
  schedules: Schedules;
  places: Places;
  /** Takes the present air as clean, for the device's gas sensor. Throws a RangeError without a recent reading. */
  calibrateGas: (device: string) => Promise<GasCalibration>;
  see: (score: VisionScore) => void;
  close: () => Promise<void>;
};

const tickMs = 250;
const keepMs = 60 * 60_000;

/** Rejects when a port cannot be had. */
export async function openSensing(options: SensingOptions): Promise<Sensing> {
  const { config, clock } = options;
  const now = () => clock.monotonicMs();
  const wallMs = () => clock.now().getTime();
  const wallMsAt = (monotonicMs: number) => wallMs() - (now() - monotonicMs);
  const onFault = (fault: Omit<Fault, "monotonicMs">) => options.onFault({ ...fault, monotonicMs: now() });
  const unwritable = (text: string) => onFault({ code: "state_unwritable", text });
  const counts = createCounts();

  const memories = await openMemoryStore(config.stateDir, unwritable);
  const notes = createMalformedLog(config.malformedLogDir, (error) => unwritable(String(error)));
  const queue = createReadingQueue({
    onReading: options.onReading,
    onRefused: (error) => options.log.error({ error }, "readings were not taken"),
    wallMsAt,
  });
  const note: Note = (device, reason, excerpt) => {
    counts.malformed[reason] = (counts.malformed[reason] ?? 0) + 1;
    notes.note(clock.now(), device, reason, excerpt);
  };
  const registry = createRegistry({
    config,
    memories,
    queue,
    newId: () => randomUUID(),
    wallMsAt,
    wallMs,
    onAlarm(alarm) {
      counts.alarms++;
      options.onAlarm(alarm);
    },
    onFault,
    onRefusedFrame(device, why) {
      device.counters.malformed++;
      note(device.device, "implausible", why);
    },
    onDropped: (device) => health.forget(device),
  });
  const places = createAddressMap(config.devices, () => binding.remap());
  const health = createHealth(config.silentSeconds * 1_000, onFault);
  const connectionTo = (device: string) => connectionOf(binding.connections, device);
  const schedules = createSchedules({ usual: config.schedule, now, registry, memories, connectionTo });
  const binding = createBinding({
    registry,
    places,
    now,
    onFault,
    onBound(connection, device) {
      health.connected(device.device, connection, now());
      connection.commands.follow(schedules.of(device.device), now(), device.decoder.isCalibrated);
    },
  });
  const refused = (address: string, why: string) => {
    counts.refused++;
    onFault({ code: "refused_connection", text: `${address} was refused: ${why}` });
  };
  const imported = await openImportedPlaces(config.stateDir, places, unwritable);
  const listening = listeningOf({ now, binding, counts, note, refused }, config.schedule);
  const { tcp, websocket } = await openListeners(config, listening);
  const keepAll = () => keepEach(registry, memories);
  const stopTicking = startTicking({ now, binding, registry, health, onFault, keepAll });

  return {
    address: tcp.address,
    websocketAddress: websocket?.address,
    devices: () => registry.list().map((device) => stateOf(device, registry, health, now(), wallMs())),
    grid: (device) => registry.find(device)?.grid(),
    counters: () => countersOf(counts, binding.connections.size, queue),
    baselines: baselinesOf(registry, memories, now),
    schedules,
    places: imported,
    calibrateGas: (device) => calibrateGas(registry.get(device), memories),
    see: ({ place, score, what }) => registry.placeOf(place).see(score, what, now()),
    async close() {
      stopTicking();
      await Promise.all([tcp.close(), websocket?.close()]);
      keepAll();
      await Promise.all([queue.close(), memories.close(), imported.close(), notes.close()]);
    },
  };
}

type Note = (device: string, reason: string, excerpt: string) => void;

type Hearing = {
  now: () => number;
  binding: Binding;
  counts: Counts;
  note: Note;
  refused: (address: string, why: string) => void;
};

function eventsOf({ now, binding, counts, note, refused }: Hearing): ConnectionEvents {
  return {
    now,
    bind: binding.bind,
    renamed: binding.renamed,
    malformed: ({ device, address }, reason, excerpt) => note(device?.device ?? address, reason, excerpt),
    refused: ({ address }, why) => refused(address, why),
    timed(kind, ms) {
      counts.packets++;
      counts[kind === "frame" ? "frames" : "sensors"]++;
      counts.timings[kind].add(ms);
    },
  };
}

/** @param usual the schedule of a device that has not said who it is */
function listeningOf(hearing: Hearing, usual: Schedule): Omit<ListenOptions, "config"> {
  const { now, binding, counts, refused } = hearing;
  const events = eventsOf(hearing);
  return {
    countOpen: () => binding.connections.size,
    open(from) {
      counts.connections++;
      const connection = createConnection(from, events);
      connection.commands.follow(usual, now(), false);
      binding.connections.add(connection);
      return connection;
    },
    ended(connection) {
      connection.end();
      binding.connections.delete(connection);
    },
    refused,
  };
}

/** Both ports, or neither. */
async function openListeners(config: SensingConfig, listening: Omit<ListenOptions, "config">) {
  const tcp = await listen({ config, ...listening });
  if (config.websocketPort === undefined) return { tcp, websocket: undefined };
  try {
    const websocket = await listenWebSocket({ config, port: config.websocketPort, ...listening });
    return { tcp, websocket };
  } catch (error) {
    await tcp.close();
    throw error;
  }
}

function baselinesOf(registry: Registry, memories: MemoryStore, now: () => number): Baselines {
  type Decision = [device: string, candidate: string, by: string, why: string];
  async function decide(verdict: "approve" | "reject", [name, ...decision]: Decision): Kept {
    const { device, baseline, memory } = registry.get(name);
    baseline[verdict](...decision, now());
    await memories.set(device, memory);
  }
  return {
    list: () => registry.list().map(({ device, baseline }) => baseline.state(device, now())),
    propose: (device, by, why) => registry.get(device).baseline.propose(by, why),
    approve: (...decision) => decide("approve", decision),
    reject: (...decision) => decide("reject", decision),
  };
}

function keepEach(registry: Registry, memories: MemoryStore): void {
  for (const { device, memory } of registry.list()) memories.keep(device, memory);
}

async function calibrateGas(device: Device, memories: MemoryStore): Promise<GasCalibration> {
  const r0Ohm = device.evidence.gasSensor.calibrate();
  if (r0Ohm === undefined) throw new RangeError(`${device.device} has sent no reading of a gas sensor`);
  await memories.set(device.device, device.memory);
  return { device: device.device, r0Ohm };
}

type Scheduling = {
  /** The schedule of a device that was not given one of its own. */
  usual: Schedule;
  now: () => number;
  registry: Registry;
  memories: MemoryStore;
  connectionTo: (device: string) => Connection | undefined;
};

function createSchedules({ usual, now, registry, memories, connectionTo }: Scheduling): Schedules {
  return {
    of: (device) => registry.find(device)?.schedule ?? usual,
    async set(device, schedule) {
      const known = registry.get(device);
      known.schedule = schedule;
      connectionTo(device)?.commands.follow(schedule, now(), known.decoder.isCalibrated);
      await memories.set(device, known.memory);
    },
    send(device, command) {
      const connection = connectionTo(registry.get(device).device);
      if (!connection) throw new RangeError(`${device} is not connected`);
      connection.commands.send(command);
    },
  };
}

function connectionOf(connections: ReadonlySet<Connection>, device: string): Connection | undefined {
  for (const connection of connections) if (connection.device?.device === device) return connection;
  return undefined;
}

type Ticking = {
  now: () => number;
  binding: Binding;
  registry: Registry;
  health: Health;
  onFault: (fault: Omit<Fault, "monotonicMs">) => void;
  /** Writes down what devices have learned; every hour. */
  keepAll: () => void;
};

/** @returns what ends it */
function startTicking({ now, binding, registry, health, onFault, keepAll }: Ticking): () => void {
  const complaints = createComplaints(onFault);
  let keptMs = now();
  const ticking = setInterval(() => {
    const at = now();
    for (const connection of binding.connections) connection.commands.tick(at);
    binding.tick(at);
    registry.tick(at);
    lookAt(registry, binding.connections, health, at);
    complaints.check(registry.list(), at);
    if (at - keptMs < keepMs) return;
    keptMs = at;
    keepAll();
  }, tickMs);
  return () => clearInterval(ticking);
}

function lookAt(registry: Registry, connections: ReadonlySet<Connection>, health: Health, now: number): void {
  const heard = new Map<string, number>();
  for (const { device, lastPacketMs } of connections) if (device) heard.set(device.device, lastPacketMs);
  for (const { device } of registry.list()) health.check(device, heard.get(device), now);
}

function stateOf(
  device: Device,
  registry: Registry,
  health: Health,
  now: number,
  wallMs: number,
): DeviceState {
  const seen = health.find(device.device, now);
  const open = registry.placeOf(device.place).open;
  return {
    device: device.device,
    place: device.place,
    address: seen?.address ?? "unknown",
    ...(seen?.serial === undefined ? {} : { serial: seen.serial }),
    transport: seen?.transport ?? "tcp",
    state: seen?.state ?? "offline",
    reconnects: seen?.reconnects ?? 0,
    reconnectsMax,
    lastPacketMonotonicMs: seen?.lastPacketMs ?? Number.NEGATIVE_INFINITY,
    ...device.state(now, wallMs),
    ...(open ? { openEpisode: open } : {}),
  };
}
