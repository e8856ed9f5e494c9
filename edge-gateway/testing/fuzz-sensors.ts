/** Mutated packets through everything that hears a device: reader, binding, decoding, rules. */
import { type Chance, chanceOf } from "../bench/corpus/chance.ts";
import { createAddressMap } from "../src/devices/address-map.ts";
import { openMemoryStore } from "../src/devices/memory.ts";
import { createReadingQueue } from "../src/devices/reading-queue.ts";
import { createRegistry } from "../src/devices/registry.ts";
import { SensingConfig } from "../src/sensing-config.ts";
import { createBinding } from "../src/sensors/binding.ts";
import { type Connection, createConnection } from "../src/sensors/connection.ts";
import {
  eepromPacket,
  framePacket,
  makeEeprom,
  renderCenti,
  renderFrame,
  roomView,
} from "./device-frames.ts";

export type FuzzResult = {
  packets: number;
  malformed: number;
  taken: number;
  alarms: number;
  devices: number;
  /** A whole packet that follows mutated ones and a line end was read as it is meant, each time that it was tried. */
  recovered: boolean;
};

export type FuzzOptions = { seed: number; packets: number; onProgress?: (done: number) => void };

const probeEvery = 500;
const progressEvery = 1_000_000;

export async function fuzzSensors({ seed, packets, onProgress }: FuzzOptions): Promise<FuzzResult> {
  const chance = chanceOf(seed);
  const seeds = makeSeeds();
  const result: FuzzResult = { packets: 0, malformed: 0, taken: 0, alarms: 0, devices: 0, recovered: true };
  let now = 0;
  const open = await openHearing(() => now, result);
  let connection = open();
  for (; result.packets < packets; result.packets++) {
    now += 20;
    connection.push(mutate(seeds, chance));
    if (result.packets % probeEvery === 0) {
      connection.push(Buffer.from("\n"));
      const before = result.taken;
      connection.push(Buffer.from("#Sensor:ADC1=269,ADC2=1296,ADC3:=1,DIO=0!\r\n"));
      result.recovered &&= result.taken === before + 1;
    }
    if (chance.happens(0.0005)) {
      connection.end();
      connection = open();
    }
    if (onProgress && result.packets % progressEvery === 0) onProgress(result.packets);
    // The queue of readings tells on a timer: let it, as a socket would.
    if (result.packets % 2_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return result;
}

/** All of sensing, as far as a connection reaches. @returns a new connection of a device, which ends the one before */
export async function openHearing(
  now: () => number,
  result: Pick<FuzzResult, "alarms" | "devices" | "malformed" | "taken">,
): Promise<() => Connection> {
  const queue = createReadingQueue({ onReading: () => {}, onRefused: () => {}, wallMsAt: (ms) => ms });
  let count = 0;
  const registry = createRegistry({
    config: SensingConfig.parse({}),
    memories: await openMemoryStore(undefined, () => {}),
    queue,
    newId: () => String(++count),
    wallMs: now,
    wallMsAt: (ms) => ms,
    onAlarm: () => result.alarms++,
    onFault: () => {},
    onRefusedFrame: () => result.malformed++,
    onDropped: () => {},
  });
  const places = createAddressMap([], () => {});
  const binding = createBinding({ registry, places, now, onBound: () => {}, onFault: () => {} });
  const events = {
    now,
    bind: binding.bind,
    renamed: binding.renamed,
    malformed: () => result.malformed++,
    refused: () => {},
    timed: () => result.taken++,
  };
  return () => {
    registry.tick(now());
    result.devices = registry.list().length;
    const connection = createConnection(
      { address: "192.0.2.1", transport: "tcp", token: undefined, write: () => true, destroy: () => {} },
      events,
    );
    binding.connections.clear();
    binding.connections.add(connection);
    return connection;
  };
}

/** Packets as devices send them. */
export function makeSeeds(): { short: Buffer[]; long: Buffer[] } {
  const eeprom = makeEeprom();
  const short = [
    "#Sensor1234:ADC1=269,ADC2=1296,ADC3:=1,DIO=0!\r\n",
    "#Sensor:boiler room:ADC1=1681,ADC2=2777,MPY30=1!\n",
    "#Sensor:ADC1=457,ADC2=756,ADC3=944!\n",
    "#serialno:SIM790971!\n",
    "#locid:boiler room!\n",
  ].map((text) => Buffer.from(text));
  const long = [
    framePacket(renderFrame(eeprom, roomView(24)), "1234"),
    framePacket(renderCenti(roomView(24))),
    eepromPacket(eeprom, "1234"),
  ];
  return { short, long };
}

/** One packet of those, with up to four faults of the kinds that lines, buffers and broken firmware make. */
function mutate(seeds: { short: Buffer[]; long: Buffer[] }, chance: Chance): Buffer {
  const from = chance.happens(0.03) ? seeds.long : seeds.short;
  let bytes: Buffer = Buffer.from(from[chance.whole(0, from.length - 1)] ?? "");
  for (let faults = chance.whole(1, 4); faults > 0 && bytes.length > 0; faults--) {
    bytes = spoil(bytes, from, chance);
  }
  return bytes;
}

function spoil(bytes: Buffer, seeds: Buffer[], chance: Chance): Buffer {
  const at = chance.whole(0, bytes.length - 1);
  const to = Math.min(bytes.length, at + chance.whole(1, 40));
  switch (chance.whole(0, 7)) {
    case 0:
      bytes[at] = chance.whole(0, 255);
      return bytes;
    case 1:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.whole(0, 7));
      return bytes;
    case 2:
      return bytes.subarray(0, at);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    case 4:
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    case 5:
      return Buffer.concat([bytes.subarray(0, at), seeds[0]?.subarray(0, at) ?? bytes, bytes.subarray(at)]);
    case 6:
      bytes[at] = chance.pick([0x23, 0x21, 0x3a, 0x3d, 0x2c, 0x0a, 0x0d, 0x20, 0x00] as const);
      return bytes;
    default:
      return Buffer.concat([bytes, Buffer.alloc(chance.happens(0.02) ? 9_000 : chance.whole(0, 30), at)]);
  }
}
