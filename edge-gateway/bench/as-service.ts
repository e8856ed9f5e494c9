/** Starts a program as ../vigil-gateway.service and the container start the gateway, so that its memory is that of a site. */
import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const gatewayProgram = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** @param cache the folder of compiled code, which the second start finds filled */
export function startAsService(
  program: string,
  options: readonly string[],
  { cache, stdio = ["ignore", "ignore", "inherit"] }: { cache: string; stdio?: StdioOptions },
): ChildProcess {
  return spawn(process.execPath, ["--max-semi-space-size=1", program, ...options], {
    stdio,
    env: { ...process.env, MALLOC_ARENA_MAX: "2", NODE_COMPILE_CACHE: join(cache, "compile-cache") },
  });
}

/** As the service does before it starts: what a gateway runs is compiled once. */
export async function fillCache(config: string, cache: string): Promise<void> {
  await once(startAsService(gatewayProgram, ["check", "--config", config], { cache }), "exit");
}

export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  child.once("exit", () => resolve());
  child.kill("SIGKILL");
  await promise;
}
