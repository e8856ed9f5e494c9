/** What the sensors said, what it means, and what a device is doing: the words between sensing and the rest. */
import type { Level } from "@vigil/core/level";

/** What a sensor measures. `flame` is the analogue input, `flame_digital` the switched one, `vision` a camera's score. */
export const channels = ["smoke", "gas", "flame", "flame_digital", "thermal", "vision"] as const;
export type Channel = (typeof channels)[number];

export type Unit = "%" | "ppm" | "on" | "°C" | "score";

/** One measurement. Of a thermal frame, `value` is the hottest cell that is no broken pixel. */
export type Reading = {
  device: string;
  place: string;
  channel: Channel;
  value: number;
  unit: Unit;
  monotonicMs: number;
  wallMs: number;
};

export const alarmKinds = ["fire", "smoke", "gas", "flame", "heat"] as const;
/** `fire` is what two independent kinds of evidence agree on; the others name their one source. */
export type AlarmKind = (typeof alarmKinds)[number];

/** How raw words became degrees: by the sensor's own calibration, or as hundredths of a degree (simulators). */
export type Decode = "mlx90640" | "centi";

/** 24 rows of 32 cells, row by row, in degrees Celsius. */
export type ThermalGrid = { celsius: Float32Array; decode: Decode };

export type Reason = {
  /** Stable, for machines: the rule that spoke, such as `thermal_rise`. */
  code: string;
  /** One English sentence with the figures in it. */
  text: string;
  /** The measurement that it rests on. */
  reading: Reading;
};

/**
 * A judgement that something is wrong. One happening is one `episode`: it is told when it opens, again whenever its
 * level rises or its kind gains a source, and once when it clears; nothing in between.
 */
export type Alarm = {
  episode: string;
  state: "opened" | "raised" | "cleared";
  device: string;
  place: string;
  kind: AlarmKind;
  level: Level;
  /** In words, from the threat matrix: "fire with smoke and heat". */
  threat: string;
  /** 0 to 1: the share of such evidence that is a fire, by the rules' weights. */
  probability: number;
  reasons: Reason[];
  /** The latest reading of each channel that is not stale, alarming or not. */
  readings: Reading[];
  /** What to do first, from the threat matrix. */
  mitigations: string[];
  /** The frame that the judgement saw; a copy, which the receiver owns. */
  thermal?: ThermalGrid;
  monotonicMs: number;
  wallMs: number;
};

/** Something that a person should mend: it never stops the other devices. */
export type Fault = {
  code:
    | "device_silent"
    | "device_unstable"
    | "serial_taken"
    | "no_calibration"
    | "decode_changed"
    | "sensor_broken"
    | "readings_dropped"
    | "refused_connection"
    | "listen_failed"
    | "camera_lost"
    | "camera_dark"
    | "camera_mute"
    | "recording_failed"
    | "state_unwritable";
  /** Undefined when it is the gateway's own. */
  device?: string;
  text: string;
  monotonicMs: number;
};

export type DeviceCounters = {
  packets: number;
  frames: number;
  bytes: number;
  malformed: number;
  /** Readings that nobody took in time, oldest first. */
  dropped: number;
};

export type DeviceState = {
  device: string;
  place: string;
  address: string;
  serial?: string;
  transport: "tcp" | "websocket";
  /** `silent`: connected, and nothing came for the configured time. */
  state: "online" | "silent" | "offline";
  /** Connections within the last 10 minutes after the first, and how many make it unstable: "n/5". */
  reconnects: number;
  reconnectsMax: number;
  lastPacketMonotonicMs: number;
  counters: DeviceCounters;
  readings: Reading[];
  /** A copy of the latest frame. */
  thermal?: ThermalGrid;
  decode?: { as: Decode; why: string; calibration: "held" | "awaited" | "none" };
  /** Of the latest MLX90640 frame. */
  supplyVolts?: number;
  ambientCelsius?: number;
  hotCells: number;
  /** Of the gas sensor: how good the air is, and its ppm if all of the change were one gas, by its name. */
  air?: { quality: string; ppm: Readonly<Record<string, number>> };
  openEpisode?: { episode: string; kind: AlarmKind; level: Level };
};
