/** One device: what it sent, what was learned of it, and its part in the judgement of its place. */

import { createEvidence, type DeviceEvidence, percentOf } from "../fusion/evidence.ts";
import type { JudgedDevice } from "../fusion/place-judge.ts";
import type { FusionRules } from "../fusion/rules.ts";
import { eepromWords, type SensorValues } from "../packet.ts";
import type { Alarm, DeviceCounters, DeviceState, Fault, Reading, ThermalGrid } from "../sensing-words.ts";
import { type BaselineKeeper, createBaselineKeeper } from "../thermal/baseline.ts";
import { createDecoder, type Decoder } from "../thermal/choose-decode.ts";
import { pixels } from "../thermal/grid.ts";
import { hottestOf } from "../thermal/survey-cells.ts";
import type { Memory } from "./memory.ts";
import type { ReadingQueue } from "./reading-queue.ts";
import type { Schedule } from "./schedule.ts";

export type Device = JudgedDevice & {
  readonly baseline: BaselineKeeper;
  readonly decoder: Decoder;
  readonly counters: DeviceCounters;
  /** Counted by the queue of readings. */
  dropped: number;
  place: string;
  /** What a person set for it; undefined: the site's own. */
  schedule: Schedule | undefined;
  takeSensor: (values: SensorValues, monotonicMs: number) => void;
  takeFrame: (bytes: Buffer, words: number, monotonicMs: number) => void;
  takeEeprom: (bytes: Buffer) => void;
  memory: () => Memory;
  grid: () => ThermalGrid | undefined;
  state: (monotonicMs: number, wallMs: number) => DeviceFigures;
};

/** What the device itself knows of its state; its connection knows the rest. */
export type DeviceFigures = Pick<
  DeviceState,
  "counters" | "readings" | "hotCells" | "air" | "thermal" | "decode" | "supplyVolts" | "ambientCelsius"
>;

export type DeviceOptions = {
  device: string;
  rules: FusionRules;
  memory: Memory | undefined;
  gasR0Ohm: number | undefined;
  queue: ReadingQueue;
  newId: () => string;
  wallMs: () => number;
  /** What was learned has changed for good. */
  onLearned: () => void;
  onFault: (fault: Omit<Fault, "monotonicMs">) => void;
  /** A frame that makes no sense: counted beside malformed packets. */
  onRefusedFrame: (why: string) => void;
};

/** `judge` judges the place that the device stands in. */
export function createDevice(
  options: DeviceOptions,
  judge: (device: Device, monotonicMs: number) => void,
): Device {
  const { device: name, queue, onFault, onLearned } = options;
  const evidence = createEvidence(options.rules, options.gasR0Ohm, {
    flame: options.memory?.flame,
    gasR0Ohm: options.memory?.gasR0Ohm,
  });
  let eeprom = options.memory?.eeprom;
  const decoder = createDecoder((as, why) => {
    onFault({ code: "decode_changed", device: name, text: `${name} is read as ${as} from now on: ${why}` });
  });
  if (eeprom) decoder.calibrate(wordsOf(Buffer.from(eeprom, "hex")));
  const baseline = createBaselineKeeper({
    approved: options.memory?.baseline,
    decisions: options.memory?.decisions,
    newId: options.newId,
    wallMs: options.wallMs,
  });
  const celsius = new Float32Array(pixels);
  let hasFrame = false;

  function takeSensor(values: SensorValues, now: number): void {
    evidence.takeSensor(values, now);
    if (values.adc1 >= 0) queue.push(self, "smoke", percentOf(values.adc1), now);
    if (values.adc2 >= 0) queue.push(self, "flame", percentOf(values.adc2), now);
    if (values.digital >= 0) queue.push(self, "flame_digital", values.digital, now);
    if (evidence.gas.takenMs === now) queue.push(self, "gas", evidence.gas.value, now);
    judge(self, now);
  }

  function takeFrame(bytes: Buffer, words: number, now: number): void {
    const refused = decoder.decode(bytes, words, celsius);
    if (refused !== undefined) {
      options.onRefusedFrame(refused);
      return;
    }
    self.counters.frames++;
    hasFrame = true;
    evidence.takeFrame(celsius, now, baseline.approved);
    queue.push(self, "thermal", hottestOf(celsius), now);
    judge(self, now);
    baseline.take(celsius, now);
  }

  function takeEeprom(bytes: Buffer): void {
    const words = wordsOf(bytes);
    const fault = decoder.calibrate(words);
    if (fault) {
      if (!eeprom) {
        onFault({ code: "no_calibration", device: name, text: `${name} sent no calibration: ${fault}` });
      }
      return;
    }
    const digits = bytes.toString("hex", 0, 2 * eepromWords);
    if (digits === eeprom) return;
    eeprom = digits;
    onLearned();
  }

  const self: Device = {
    device: name,
    place: name,
    schedule: options.memory?.schedule,
    evidence,
    baseline,
    decoder,
    counters: { packets: 0, frames: 0, bytes: 0, malformed: 0, dropped: 0 },
    dropped: 0,
    takeSensor,
    takeFrame,
    takeEeprom,
    grid: () => (hasFrame ? { celsius: celsius.slice(), decode: decoder.as } : undefined),
    readings: (now, wallMs) => readingsOf(self, evidence, hasFrame ? celsius : undefined, now, wallMs),
    memory: () => ({
      device: name,
      ...(eeprom ? { eeprom } : {}),
      ...(evidence.gasSensor.r0Ohm ? { gasR0Ohm: evidence.gasSensor.r0Ohm } : {}),
      ...(evidence.flame.memory ? { flame: evidence.flame.memory } : {}),
      ...(baseline.approved ? { baseline: baseline.approved } : {}),
      ...(baseline.decisions.length > 0 ? { decisions: baseline.decisions } : {}),
      ...(self.schedule ? { schedule: self.schedule } : {}),
    }),
    state(now, wallMs) {
      const { conditions } = decoder;
      const air = evidence.gasSensor.air();
      const calibration = decoder.isCalibrated ? "held" : decoder.wantsCalibration ? "awaited" : "none";
      return {
        counters: { ...self.counters, dropped: self.dropped },
        readings: self.readings(now, wallMs),
        hotCells: evidence.thermal.heat?.cells ?? 0,
        ...(air ? { air } : {}),
        ...(hasFrame ? { thermal: { celsius: celsius.slice(), decode: decoder.as } } : {}),
        ...(hasFrame ? { decode: { as: decoder.as, why: decoder.why, calibration } } : {}),
        ...(conditions
          ? { supplyVolts: conditions.supplyVolts, ambientCelsius: conditions.ambientCelsius }
          : {}),
      };
    },
  };
  return self;
}

function wordsOf(bytes: Buffer): Uint16Array {
  return Uint16Array.from({ length: eepromWords }, (_, index) => bytes.readUInt16BE(2 * index));
}

function readingsOf(
  { device, place }: Device,
  { smoke, gas, flame, thermal }: DeviceEvidence,
  celsius: Float32Array | undefined,
  now: number,
  wallMs: number,
): Alarm["readings"] {
  const at = (monotonicMs: number) => ({ device, place, monotonicMs, wallMs: wallMs - (now - monotonicMs) });
  const readings: Reading[] = [];
  if (smoke.value >= 0) {
    readings.push({ channel: "smoke", value: smoke.value, unit: "%", ...at(smoke.takenMs) });
  }
  if (gas.value >= 0) readings.push({ channel: "gas", value: gas.value, unit: "ppm", ...at(gas.takenMs) });
  if (flame.percent >= 0) {
    readings.push({ channel: "flame", value: flame.percent, unit: "%", ...at(flame.takenMs) });
  }
  if (flame.digital >= 0) {
    readings.push({ channel: "flame_digital", value: flame.digital, unit: "on", ...at(flame.takenMs) });
  }
  if (celsius) {
    readings.push({ channel: "thermal", value: hottestOf(celsius), unit: "°C", ...at(thermal.takenMs) });
  }
  return readings;
}
