/** How the gateway is, in one piece: for the local page, for metrics and for the report to the cloud. */
import type { GatewayReport } from "@vigil/core/gateway/wire";
import type { AlarmRecord } from "./alarm/alarm-record.ts";
import type { AlarmSink, SinkCounters } from "./alarm/alarm-sink.ts";
import type { Alarms } from "./alarm/index.ts";
import type { CameraState, Cameras } from "./cameras/index.ts";
import type { Clock } from "./clock.ts";
import type { Forward } from "./forward/index.ts";
import type { LinkStatus } from "./forward/link.ts";
import type { Sensing, SensingCounters } from "./sensing.ts";
import type { DeviceState, Fault } from "./sensing-words.ts";
import type { Store } from "./store/index.ts";
import type { Balance, LedgerEntry } from "./store/item.ts";
import type { DiskRoom } from "./store/outbox.ts";
import type { Vision, VisionState } from "./vision/index.ts";

const version = "0.1.0";

export type Status = {
  site: string;
  version: string;
  uptimeSeconds: number;
  clock: { wallMs: number; aheadMs: number | null; trusted: boolean };
  link: LinkStatus;
  balance: Balance;
  ledger: LedgerEntry[];
  disk: DiskRoom;
  devices: DeviceState[];
  cameras: CameraState[];
  /** Null: nobody may ask for detections. */
  vision: VisionState | null;
  counters: SensingCounters;
  sinks: (SinkCounters & { name: string })[];
  alarms: AlarmRecord[];
  faults: (Fault & { wallMs: number })[];
};

export type StatusSource = {
  site: string;
  clock: Clock;
  clockTrusted: boolean;
  startedMonotonicMs: number;
  sensing: Sensing;
  cameras: Pick<Cameras, "list">;
  vision?: Pick<Vision, "state"> | undefined;
  forward: Forward;
  store: Pick<Store, "balance" | "ledger">;
  disk: () => DiskRoom;
  alarms: Alarms;
  sinks: readonly AlarmSink[];
  faults: () => (Fault & { wallMs: number })[];
};

const shownMax = 50;

export async function readStatus(source: StatusSource): Promise<Status> {
  const { site, clock, sensing, cameras, forward, store, alarms, sinks } = source;
  return {
    site,
    version,
    uptimeSeconds: (clock.monotonicMs() - source.startedMonotonicMs) / 1000,
    clock: {
      wallMs: clock.now().getTime(),
      aheadMs: forward.time.wallAheadMs() ?? null,
      trusted: source.clockTrusted || forward.time.now() !== undefined,
    },
    link: forward.status(),
    balance: await store.balance(),
    ledger: await store.ledger(shownMax),
    disk: source.disk(),
    devices: sensing.devices(),
    cameras: cameras.list(),
    vision: source.vision?.state() ?? null,
    counters: sensing.counters(),
    sinks: sinks.map((sink) => ({ name: sink.name, ...sink.counters() })),
    alarms: alarms.list().slice(0, shownMax),
    faults: source.faults(),
  };
}

const sensorsMax = 200;

export const endedAs = ({ ended }: Balance, outcome: Balance["ended"][number]["outcome"]) =>
  ended.filter((entry) => entry.outcome === outcome).reduce((sum, { count }) => sum + count, 0);

const weight = ({ openEpisode, state }: DeviceState) => (openEpisode ? 2 : 0) + (state === "online" ? 0 : 1);

/** What the cloud is told; devices with alarms and faults lead, because it takes 200. */
export function reportOf(status: Status, nowMonotonicMs: number): GatewayReport {
  const { balance, disk, devices } = status;
  return {
    site: status.site,
    version: status.version,
    uptimeSeconds: status.uptimeSeconds,
    clockAheadMs: status.clock.aheadMs,
    outbox: {
      kept: balance.kept,
      keptUrgent: balance.keptUrgent,
      heard: balance.heard,
      forwarded: endedAs(balance, "forwarded"),
      refused: endedAs(balance, "refused"),
      dropped: endedAs(balance, "dropped"),
    },
    disk: { freeBytes: disk.freeBytes, full: disk.full },
    alarmsOpen: status.alarms.filter(({ state }) => state !== "cleared").length,
    sensorCount: devices.length,
    sensors: devices
      .toSorted((a, b) => weight(b) - weight(a))
      .slice(0, sensorsMax)
      .map((device) => ({
        device: device.device.slice(0, 100),
        place: device.place.slice(0, 100),
        state: device.state,
        transport: device.transport,
        lastHeardSeconds: Math.max(0, (nowMonotonicMs - device.lastPacketMonotonicMs) / 1000),
        reconnects: device.reconnects,
        reconnectsMax: device.reconnectsMax,
        hotCells: device.hotCells,
        readings: device.readings.slice(0, 12).map(({ channel, value, unit }) => ({ channel, value, unit })),
      })),
  };
}
