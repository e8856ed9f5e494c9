/**
 * Sensing: hears the site's devices, judges what they say, and tells. This is the one door to it.
 *
 * Alarms are told from within the read of the socket that brought the evidence, before anything is stored or sent.
 */
import type { Clock } from "./clock.ts";
import type { Alarm, DeviceState, Fault, Reading, ThermalGrid } from "./fusion/alarm.ts";
import type { Log } from "./log.ts";
import type { SensingConfig } from "./sensing-config.ts";

export type SensingOptions = {
  config: SensingConfig;
  clock: Clock;
  log: Log;
  /** Called from within the read that brought the evidence. Must not throw and must not wait. */
  onAlarm: (alarm: Alarm) => void;
  /**
   * What was measured, in batches: after 50 ms, or as soon as 2,000 wait. While a promise that it returned is open,
   * up to 10,000 readings wait; then the oldest are dropped and counted by device.
   */
  onReading: (batch: readonly Reading[]) => void | Promise<void>;
  onFault: (fault: Fault) => void;
};

/** `openSensing(options)`: rejects when a port cannot be had. */
export type OpenSensing = (options: SensingOptions) => Promise<Sensing>;

/** What a camera's look says of a place: how sure it is, 0 to 1, that there is fire or smoke in the picture. */
export type VisionScore = { place: string; score: number; what: "fire" | "smoke" };

export type BaselineCandidate = {
  id: string;
  /** The median of each cell, and how far it usually strays from it (1.4826 x the median absolute deviation). */
  celsius: Float32Array;
  strayCelsius: Float32Array;
  frames: number;
  proposedWallMs: number;
  /** Gone an hour after it was proposed: what it shows may no longer be so. */
  expiresMonotonicMs: number;
  proposedBy: string;
  why: string;
};

export type ApprovedBaseline = {
  id: string;
  celsius: Float32Array;
  strayCelsius: Float32Array;
  frames: number;
  approvedWallMs: number;
  approvedBy: string;
  why: string;
};

export type BaselineDecision = {
  device: string;
  candidate: string;
  verdict: "approved" | "rejected" | "expired";
  by: string;
  why: string;
  wallMs: number;
};

export type BaselineState = {
  device: string;
  approved?: ApprovedBaseline;
  candidate?: BaselineCandidate;
  /** The latest first, at most 20. */
  decisions: BaselineDecision[];
};

/** Throw a RangeError when there is no such device, or no such candidate (any more). */
export type Baselines = {
  list(): BaselineState[];
  /** Gathers frames from now on; the candidate stands in `list` once there are enough of them. */
  propose(device: string, by: string, why: string): void;
  approve(device: string, candidate: string, by: string, why: string): void;
  reject(device: string, candidate: string, by: string, why: string): void;
};

export type Schedule = {
  /** `continuous`: the device sends by itself; `on_demand`: it is asked. */
  mode: "continuous" | "on_demand";
  requestEverySeconds: number;
  eepromEverySeconds: number;
};

export const commandNames = ["PERIOD_ON", "PERIODIC_ON", "REQUEST1", "EEPROM1"] as const;
export type CommandName = (typeof commandNames)[number];

export type Schedules = {
  of(device: string): Schedule;
  set(device: string, schedule: Schedule): void;
  /** Queued behind what the device was told before; at least a second lies between two commands. */
  send(device: string, command: CommandName): void;
};

export type Places = {
  /** `key` is a serial number, an address, or what a device calls its location. */
  list(): { key: string; place: string }[];
  /** All of it or none: throws a RangeError with every faulty line. */
  load(text: string, format: "csv" | "json"): void;
  save(format: "csv" | "json"): string;
};

export type SensingCounters = {
  connections: number;
  refusedConnections: number;
  packets: number;
  frames: number;
  sensorPackets: number;
  malformed: Record<string, number>;
  readings: number;
  droppedReadings: number;
  queuedReadings: number;
  alarms: number;
  /** How long one packet took from its last byte to the end of its judgement, of the latest 1,024 of each. */
  processingMs: Record<"sensor" | "frame", { p50: number; p95: number }>;
};

export type GasCalibration = { device: string; r0Ohm: number };

export type Sensing = {
  readonly address: { host: string; port: number };
  readonly websocketAddress: { host: string; port: number } | undefined;
  devices(): DeviceState[];
  /** The latest frame of a device; undefined when it sent none. */
  grid(device: string): ThermalGrid | undefined;
  counters(): SensingCounters;
  baselines: Baselines;
  schedules: Schedules;
  places: Places;
  /** Takes the present air as clean, for the device's gas sensor. Throws a RangeError without a recent reading. */
  calibrateGas(device: string): GasCalibration;
  see(score: VisionScore): void;
  close(): Promise<void>;
};
