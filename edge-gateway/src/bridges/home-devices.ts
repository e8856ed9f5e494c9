/**
 * Devices of ESPHome and Shelly, followed by their own local streams. What the configuration names of all that they say becomes an
 * event when it begins; what ends, or is merely said again, does not.
 */
import { setTimeout as pause } from "node:timers/promises";
import { readAddress } from "../access/read-address.ts";
import type { Clock } from "../clock.ts";
import type { HomeDevice } from "../config.ts";
import type { Log } from "../log.ts";
import type { Heard, Instant, NewEvidence } from "../store/item.ts";
import { followEspHome } from "./esphome.ts";
import type { Follow } from "./follow.ts";
import { followShelly } from "./shelly.ts";

export type HomeDevices = { stop(): Promise<void> };

export type HomeDevicesOptions = {
  devices: readonly HomeDevice[];
  clock: Clock;
  log: Log;
  onEvent: (event: { heard: Heard; at: Instant; evidence: NewEvidence[] }) => void;
  /** Between two attempts to reach a device: at first, and at most. */
  waitMs?: { first: number; most: number };
};

/** A contact that bounces is one event. */
const againMsMin = 5_000;

const follows: Record<HomeDevice["kind"], Follow> = { esphome: followEspHome, shelly: followShelly };

export function openHomeDevices({
  devices,
  clock,
  log,
  onEvent,
  waitMs = { first: 1_000, most: 60_000 },
}: HomeDevicesOptions): HomeDevices {
  const stopping = new AbortController();

  async function keepFollowing(device: HomeDevice): Promise<void> {
    const address = readAddress(device.url);
    const about = { device: address.url, kind: device.kind };
    // Kept from one connection to the next: what was on before a break and still is on is no news.
    const on = new Set<string>();
    const toldAtMs = new Map<string, number>();
    let wait = waitMs.first;
    const take = (name: string, isOn: boolean) => {
      if (wait > waitMs.first) log.info(about, "the device answers again");
      wait = waitMs.first;
      const type = Object.hasOwn(device.events, name) ? device.events[name] : undefined;
      if (type === undefined) return;
      if (!isOn) return void on.delete(name);
      const at = { wallMs: clock.now().getTime(), monotonicMs: clock.monotonicMs() };
      const isNews = !on.has(name) && at.monotonicMs - (toldAtMs.get(name) ?? -againMsMin) >= againMsMin;
      on.add(name);
      if (!isNews) return;
      toldAtMs.set(name, at.monotonicMs);
      const attributes = { from: device.kind, device: new URL(address.url).host, said: name };
      onEvent({ heard: { type, zone: device.zone, attributes }, at, evidence: [] });
    };
    while (!stopping.signal.aborted) {
      try {
        await follows[device.kind](address, take, stopping.signal);
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (wait === waitMs.first) log.warn({ ...about, err: error }, "the device is lost; trying again");
      }
      await pause(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      wait = Math.min(waitMs.most, wait * 2);
    }
  }

  const all = Promise.all(devices.map((device) => keepFollowing(device)));
  return {
    async stop() {
      stopping.abort();
      await all;
    },
  };
}
