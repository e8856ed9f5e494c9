/** How well the devices are: who fell silent, and whose connection comes and goes. */
import type { DeviceState, Fault } from "../sensing-words.ts";

/** More connections than these within ten minutes, after the first, are a bad cable or a bad supply. */
export const reconnectsMax = 5;
const windowMs = 10 * 60_000;

type Entry = {
  connectedMs: number[];
  state: DeviceState["state"];
  unstable: boolean;
  address: string;
  serial: string | undefined;
  transport: DeviceState["transport"];
  lastPacketMs: number;
};

export type Health = {
  connected: (
    device: string,
    from: Pick<Entry, "address" | "serial" | "transport">,
    monotonicMs: number,
  ) => void;
  /** Looks at a device: when its latest packet came, and whether it is connected. */
  check: (device: string, lastPacketMs: number | undefined, monotonicMs: number) => void;
  forget: (device: string) => void;
  find(
    device: string,
    monotonicMs: number,
  ): (Readonly<Omit<Entry, "connectedMs">> & { reconnects: number }) | undefined;
};

export function createHealth(silentMs: number, onFault: (fault: Omit<Fault, "monotonicMs">) => void): Health {
  const entries = new Map<string, Entry>();

  function change(device: string, entry: Entry, state: DeviceState["state"]): void {
    if (entry.state === state) return;
    entry.state = state;
    if (state === "online") return;
    const text =
      state === "silent"
        ? `${device} is connected and has said nothing for ${silentMs / 1_000} s`
        : `${device} is no longer connected`;
    onFault({ code: "device_silent", device, text });
  }

  return {
    connected(device, from, now) {
      const entry = entries.get(device) ?? {
        connectedMs: [],
        state: "online",
        unstable: false,
        lastPacketMs: now,
        ...from,
      };
      Object.assign(entry, from);
      entries.set(device, entry);
      entry.connectedMs = [...entry.connectedMs.filter((at) => now - at < windowMs), now];
      const isUnstable = entry.connectedMs.length - 1 >= reconnectsMax;
      if (isUnstable && !entry.unstable) {
        const text = `${device} has connected again ${entry.connectedMs.length - 1} times within 10 minutes`;
        onFault({ code: "device_unstable", device, text });
      }
      entry.unstable = isUnstable;
    },
    check(device, lastPacketMs, now) {
      const entry = entries.get(device);
      if (!entry) return;
      if (lastPacketMs === undefined) change(device, entry, "offline");
      else {
        entry.lastPacketMs = Math.max(entry.lastPacketMs, lastPacketMs);
        change(device, entry, now - entry.lastPacketMs >= silentMs ? "silent" : "online");
      }
    },
    forget: (device) => entries.delete(device),
    find(device, now) {
      const entry = entries.get(device);
      if (!entry) return undefined;
      const { connectedMs, ...rest } = entry;
      return { ...rest, reconnects: Math.max(0, connectedMs.filter((at) => now - at < windowMs).length - 1) };
    },
  };
}
