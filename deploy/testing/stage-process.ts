/** Runs what the steps of a container image left, as the image would, and says when what happened. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, stat } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Stage } from "./container-stage.ts";

const startedAt = performance.now();
export function say(message: string) {
  process.stdout.write(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${message}\n`);
}

export async function until<T>(
  what: string,
  seconds: number,
  probe: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  while (performance.now() < deadline) {
    const value = await probe();
    if (value !== undefined) return value;
    await delay(200);
  }
  throw new Error(`expected ${what} within ${seconds} s`);
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || !address) throw new Error("no port");
  return address.port;
}

/** A process as the image would start it: the stage's environment, its user, and paths below the stage's root. */
export function startAs(stage: Stage, command: string[], environment: Record<string, string>): ChildProcess {
  const [, ...args] = command;
  const rooted = Object.fromEntries(
    Object.entries(stage.environment).map(([name, value]) => [
      name,
      value.startsWith("/") ? path.join(stage.root, value) : value,
    ]),
  );
  return spawn(process.execPath, args, {
    cwd: path.join(stage.root, stage.workdir),
    env: { PATH: process.env["PATH"], ...rooted, ...environment },
    stdio: ["ignore", "inherit", "inherit"],
    ...(process.getuid?.() === 0 ? stage.user : {}),
  });
}

export async function folderBytes(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => stat(path.join(file.parentPath, file.name))),
  );
  return sizes.reduce((sum, { size }) => sum + size, 0);
}
