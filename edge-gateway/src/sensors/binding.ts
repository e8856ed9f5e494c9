/** Who is connected: from what a connection said, and from where it comes, to a device and its place. */
import type { AddressMap } from "../devices/address-map.ts";
import type { Device } from "../devices/device.ts";
import type { Registry } from "../devices/registry.ts";
import type { Fault } from "../sensing-words.ts";
import type { Connection } from "./connection.ts";

/** A connection that said nothing for so long no longer holds its name against a newcomer. */
const nameHeldMs = 10_000;
/** A device that sent less before its connection said another name was a guess, and is forgotten. */
const guessPacketsMax = 100;

export type Binding = {
  /** All that are open. */
  readonly connections: Set<Connection>;
  bind: (connection: Connection) => Device | undefined;
  renamed: (connection: Connection) => void;
  /** The map of places changed. */
  remap: () => void;
  /** Gives names back to those who had to take another. */
  tick: (monotonicMs: number) => void;
};

export type BindingOptions = {
  registry: Registry;
  places: AddressMap;
  now: () => number;
  onBound: (connection: Connection, device: Device) => void;
  onFault: (fault: Omit<Fault, "monotonicMs">) => void;
};

export function createBinding({ registry, places, now, onBound, onFault }: BindingOptions): Binding {
  const connections = new Set<Connection>();

  function holderOf(name: string, except: Connection): Connection | undefined {
    for (const one of connections) if (one !== except && one.device?.device === name) return one;
    return undefined;
  }

  /** The name itself, or the first numbered one that nobody else holds. */
  function freeName(name: string, connection: Connection): string {
    let free = name;
    for (let number = 2; holderOf(free, connection); number++) free = `${name}-${number}`;
    return free;
  }

  function nameOf(connection: Connection): string {
    connection.alias = false;
    if (connection.serial === undefined) return freeName(connection.address, connection);
    const holder = holderOf(connection.serial, connection);
    if (!holder) return connection.serial;
    if (now() - Math.max(holder.lastPacketMs, holder.openedMs) >= nameHeldMs) {
      supersede(holder);
      return connection.serial;
    }
    connection.alias = true;
    const alias = freeName(connection.serial, connection);
    const text = `two devices call themselves ${connection.serial}: the one at ${connection.address} goes by ${alias}`;
    onFault({ code: "serial_taken", device: alias, text });
    return alias;
  }

  /** The device has connected anew, and its old connection does not know yet that it is dead. */
  function supersede(holder: Connection): void {
    connections.delete(holder);
    holder.device = undefined;
    holder.destroy();
  }

  function placeFor(connection: Connection, name: string): string {
    const { serial, location, head, address } = connection;
    const said = location === undefined ? undefined : (places.find(location) ?? location);
    return places.find(serial) ?? said ?? places.find(head) ?? places.find(address) ?? name;
  }

  function bind(connection: Connection): Device | undefined {
    const device = registry.obtain(nameOf(connection));
    if (!device) return undefined;
    connection.device = device;
    registry.place(device, placeFor(connection, device.device));
    onBound(connection, device);
    return device;
  }

  function renamed(connection: Connection): void {
    const { device } = connection;
    if (!device) return;
    const isGuess = device.counters.packets < guessPacketsMax;
    if (connection.serial !== undefined && device.device !== connection.serial && !connection.alias) {
      connection.device = undefined;
      bind(connection);
      if (isGuess && connection.device !== device && !holderOf(device.device, connection)) {
        registry.drop(device);
      }
    } else registry.place(device, placeFor(connection, device.device));
  }

  return {
    connections,
    bind,
    renamed,
    remap() {
      for (const one of connections) {
        if (one.device) registry.place(one.device, placeFor(one, one.device.device));
      }
    },
    tick(monotonicMs) {
      for (const one of connections) {
        if (!one.alias || one.serial === undefined) continue;
        const holder = holderOf(one.serial, one);
        if (holder && monotonicMs - Math.max(holder.lastPacketMs, holder.openedMs) < nameHeldMs) continue;
        one.alias = false;
        renamed(one);
      }
    },
  };
}
