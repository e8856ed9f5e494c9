/** Runs the tools of `node_modules` and collects what they print. */
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { environmentWith } from "./config.ts";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export type Outcome = { code: number; output: string };

/** The path of a tool that a package brought. */
export function tool(name: string): string {
  return join(root, "node_modules", ".bin", name);
}

/** Runs to the end; standard output and standard error come back as one text. Never rejects for an exit code. */
export async function run(command: string, args: readonly string[], environment = {}): Promise<Outcome> {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: environmentWith(environment),
  });
  const pieces: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => pieces.push(piece));
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  child.once("error", reject);
  child.once("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(pieces).toString() }));
  return promise;
}

export type AttachedOptions = {
  environment?: Readonly<Record<string, string>>;
  /** Ends it early. */
  stopping?: AbortSignal;
  /** Called once, with the process's id. */
  onSpawn?: (pid: number) => void;
};

/** Runs with this terminal's own input and output; returns the exit code. */
export async function runAttached(
  command: string,
  args: readonly string[],
  { environment = {}, stopping, onSpawn }: AttachedOptions = {},
): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: "inherit", env: environmentWith(environment) });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once("error", reject);
  if (child.pid !== undefined) onSpawn?.(child.pid);
  stopping?.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
  child.once("close", (code) => resolve(code ?? 1));
  return promise;
}
