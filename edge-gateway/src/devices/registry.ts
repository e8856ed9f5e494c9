/** All devices and the places that they stand in, and who judges what when. */

import { createPlaceJudge, type PlaceJudge } from "../fusion/place-judge.ts";
import type { SensingConfig } from "../sensing-config.ts";
import type { Alarm, Fault } from "../sensing-words.ts";
import { createDevice, type Device } from "./device.ts";
import type { MemoryStore } from "./memory.ts";
import type { ReadingQueue } from "./reading-queue.ts";

/** Names that nobody meant, from a flood of serial numbers, must not fill the memory. */
const devicesMax = 1_000;

export type Registry = {
  /** The device of that name, made when there is none. Undefined when there are as many as there may be. */
  obtain: (name: string) => Device | undefined;
  find: (name: string) => Device | undefined;
  /** Throws a RangeError when there is none. */
  get: (name: string) => Device;
  list: () => Device[];
  /** Where the device stands from now on. */
  place: (device: Device, place: string) => void;
  placeOf: (place: string) => PlaceJudge;
  places: () => PlaceJudge[];
  /** Forgets a device that was only a guess at who is connected. */
  drop: (device: Device) => void;
  /** Ages what is known: clears alarms that nothing speaks for any more. */
  tick: (monotonicMs: number) => void;
};

export type RegistryOptions = {
  config: SensingConfig;
  memories: MemoryStore;
  queue: ReadingQueue;
  newId: () => string;
  wallMsAt: (monotonicMs: number) => number;
  wallMs: () => number;
  onAlarm: (alarm: Alarm) => void;
  onFault: (fault: Omit<Fault, "monotonicMs">) => void;
  onRefusedFrame: (device: Device, why: string) => void;
  /** A device that was only a guess is forgotten. */
  onDropped: (device: string) => void;
};

export function createRegistry(options: RegistryOptions): Registry {
  const { config, memories, queue, newId, onFault } = options;
  const devices = new Map<string, Device>();
  const places = new Map<string, PlaceJudge>();
  const r0 = new Map(config.devices.map(({ key, gasR0Ohm }) => [key, gasR0Ohm]));

  function placeOf(place: string): PlaceJudge {
    const known = places.get(place);
    if (known) return known;
    const { wallMsAt, onAlarm } = options;
    const created = createPlaceJudge(place, { rules: config.rules, newEpisode: newId, wallMsAt, onAlarm });
    places.set(place, created);
    return created;
  }

  /** Most packets say nothing, in places where nothing is open: they cost no judgement. */
  function judge(device: Device, now: number): void {
    const place = placeOf(device.place);
    if (place.open || device.evidence.speaks(now)) place.judge(now);
  }

  function create(name: string): Device {
    const device: Device = createDevice(
      {
        device: name,
        rules: config.rules,
        memory: memories.find(name),
        gasR0Ohm: r0.get(name),
        queue,
        newId,
        wallMs: options.wallMs,
        onLearned: () => memories.keep(name, device.memory),
        onFault,
        onRefusedFrame: (why) => options.onRefusedFrame(device, why),
      },
      judge,
    );
    devices.set(name, device);
    placeOf(name).devices.add(device);
    return device;
  }

  function leave(device: Device): void {
    const former = placeOf(device.place);
    former.devices.delete(device);
  }

  return {
    obtain: (name) => devices.get(name) ?? (devices.size < devicesMax ? create(name) : undefined),
    find: (name) => devices.get(name),
    get(name) {
      const device = devices.get(name);
      if (!device) throw new RangeError(`there is no device ${name}`);
      return device;
    },
    list: () => [...devices.values()],
    place(device, place) {
      if (device.place === place) return;
      leave(device);
      device.place = place;
      placeOf(place).devices.add(device);
    },
    placeOf,
    places: () => [...places.values()],
    drop(device) {
      leave(device);
      devices.delete(device.device);
      options.onDropped(device.device);
    },
    tick(now) {
      for (const place of places.values()) {
        if (place.open) place.judge(now);
        else if (place.isIdle(now)) places.delete(place.place);
      }
    },
  };
}
