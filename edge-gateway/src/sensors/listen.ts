/** The TCP listener: who may connect, and a limit on how many. */
import { BlockList, createServer, isIPv6, type Server, type Socket } from "node:net";
import type { SensingConfig } from "../sensing-config.ts";
import type { Connection, ConnectionOptions } from "./connection.ts";

/** A device that takes no bytes is not sent more. */
const unsentBytesMax = 1_024;
/** The operating system notices a dead peer only when it asks. */
const keepAliveMs = 15_000;

export type Listener = { address: { host: string; port: number }; close(): Promise<void> };

export type ListenOptions = {
  config: SensingConfig;
  /** How many are open, whatever they came by. */
  countOpen: () => number;
  open: (options: ConnectionOptions) => Connection;
  ended: (connection: Connection) => void;
  refused: (address: string, why: string) => void;
};

/** Rejects when the port cannot be had. */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { config } = options;
  const mayConnect = createAllowList(config.allow);
  const sockets = new Set<Socket>();

  function accept(socket: Socket): void {
    const address = plainAddress(socket.remoteAddress);
    const why = whyNot(address, mayConnect, options.countOpen(), config.connectionsMax);
    if (why !== undefined) {
      socket.destroy();
      options.refused(address, why);
      return;
    }
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, keepAliveMs);
    const connection = options.open({
      address,
      transport: "tcp",
      token: config.token,
      write: (text) =>
        socket.writable && socket.writableLength <= unsentBytesMax && (socket.write(text), true),
      destroy: () => socket.destroy(),
    });
    socket.on("data", connection.push);
    socket.on("error", () => socket.destroy());
    socket.on("end", () => socket.end());
    socket.on("close", () => {
      sockets.delete(socket);
      options.ended(connection);
    });
  }

  const server = createServer({ allowHalfOpen: false }, accept);
  await bindTo(server, config.host, config.port);
  return {
    address: addressOf(server),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

export function whyNot(
  address: string,
  mayConnect: (address: string) => boolean,
  open: number,
  connectionsMax: number,
): string | undefined {
  if (!mayConnect(address)) return "its address is not on the list";
  return open >= connectionsMax ? `${open} are connected, which is the most` : undefined;
}

/** Everyone when the list is empty. */
export function createAllowList(allow: readonly string[]): (address: string) => boolean {
  if (allow.length === 0) return () => true;
  const list = new BlockList();
  for (const entry of allow) {
    const [network = "", prefix] = entry.split("/");
    const family = isIPv6(network) ? "ipv6" : "ipv4";
    if (prefix === undefined) list.addAddress(network, family);
    else list.addSubnet(network, Number(prefix), family);
  }
  return (address) => list.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

/** An IPv4 address that came over an IPv6 socket, as itself. */
export function plainAddress(address: string | undefined): string {
  return (address ?? "unknown").replace(/^::ffff:(?=\d+\.)/, "");
}

export async function bindTo(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

export function addressOf(server: Server): { host: string; port: number } {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the listener has no address");
  return { host: address.address, port: address.port };
}
