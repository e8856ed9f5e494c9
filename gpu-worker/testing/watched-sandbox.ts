/**
 * For tests: a sandbox that tells what the program asked of the world: an empty home, an empty
 * temporary folder, a proxy on loopback, and, where this process may make them, a resolver of its own.
 *
 * The resolver is a server on port 53 of a loopback address, named by a private `/etc/resolv.conf` in a mount
 * namespace. Both need root, and a C library that reads that file: a look-up of our own shows whether it does.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endProcess } from "./end-process.ts";

export type WatchedSandbox = {
  /** Starts Node with these arguments. The environment holds what is given, and what makes the sandbox. */
  start(args: readonly string[], environment?: Readonly<Record<string, string>>): ChildProcess;
  /** Names that were looked up, in order. */
  lookUps: readonly string[];
  /** First lines that came to the proxy. */
  calls: readonly string[];
  /** Whether look-ups are seen; a program's calls through the proxy always are. */
  hasResolver: boolean;
  /** Paths below the home and the temporary folder. */
  files(): Promise<string[]>;
  /** Ends everything that was started here. */
  close(): Promise<void>;
};

const probe = "probe.watched-sandbox.test";
const node = process.execPath;
const path = process.env.PATH ?? "";

export async function makeWatchedSandbox(options: { proxy: boolean }): Promise<WatchedSandbox> {
  const folder = await mkdtemp(join(tmpdir(), "vigil-watched-"));
  const home = join(folder, "home");
  const temporary = join(folder, "tmp");
  for (const one of [home, temporary]) await mkdir(one);
  const proxy = await startProxy();
  const resolver = await startResolver(folder);
  const children: ChildProcess[] = [];
  const proxies = options.proxy
    ? { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url, ALL_PROXY: proxy.url }
    : {};

  const start: WatchedSandbox["start"] = (args, environment = {}) => {
    const [command = node, ...before] = resolver?.command ?? [];
    const all = resolver ? [...before, node, ...args] : args;
    const env = { PATH: path, HOME: home, TMPDIR: temporary, ...proxies, ...environment };
    const child = spawn(command, all, { env, stdio: ["ignore", "pipe", "pipe"] });
    children.push(child);
    return child;
  };
  return {
    start,
    lookUps: resolver?.lookUps ?? [],
    calls: proxy.calls,
    hasResolver: resolver !== undefined,
    async files() {
      const found = await Promise.all([home, temporary].map((one) => readdir(one, { recursive: true })));
      return found.flat();
    },
    async close() {
      await Promise.all(children.map(endProcess));
      proxy.close();
      resolver?.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startProxy() {
  const calls: string[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", (chunk) => {
      calls.push(chunk.toString("latin1").split("\r\n")[0] ?? "");
      socket.destroy();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: () => void server.close(),
  };
}

type Resolver = { lookUps: string[]; command: string[]; close: () => void };

/** Undefined where this process may not make one, or where programs would not ask it. */
async function startResolver(folder: string): Promise<Resolver | undefined> {
  const lookUps: string[] = [];
  const address = `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
  const socket = createSocket("udp4");
  socket.on("message", (query, from) => {
    lookUps.push(nameIn(query));
    socket.send(noSuchName(query), from.port, from.address);
  });
  const isBound = await new Promise<boolean>((resolve) => {
    socket.once("error", () => resolve(false));
    socket.bind(53, address, () => resolve(true));
  });
  const file = join(folder, "resolv.conf");
  await writeFile(file, `nameserver ${address}\n`);
  const script = 'mount --bind "$1" /etc/resolv.conf && shift && exec "$@"';
  const command = ["unshare", "--mount", "sh", "-c", script, "sh", file];
  if (isBound && (await runProbe(command)) && lookUps.includes(probe)) {
    lookUps.length = 0;
    return { lookUps, command, close: () => socket.close() };
  }
  if (isBound) socket.close();
  return undefined;
}

async function runProbe([command = "", ...args]: readonly string[]): Promise<boolean> {
  const asking = `require("node:dns").lookup(${JSON.stringify(probe)}, () => {})`;
  const child = spawn(command, [...args, node, "--eval", asking], { stdio: "ignore", timeout: 120_000 });
  return new Promise((resolve) => {
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}

/** The name of the first question (RFC 1035, 4.1.2). */
function nameIn(query: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; at < query.length; ) {
    const length = query[at] ?? 0;
    if (length === 0) break;
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return labels.join(".");
}

/** The query as it came, marked as an answer: recursion available, no such name (RFC 1035, 4.1.1). */
function noSuchName(query: Buffer): Buffer {
  const answer = Buffer.from(query);
  answer.writeUInt16BE(0x8183, 2);
  return answer;
}
