/**
 * What stands in front of the API (functions/src/edge/), in Cloudflare's own runtime on this machine: bundled as it is
 * deployed, and started with the bindings that a deployment gives it.
 *
 * @example
 *   await using edge = await startEdge({ apiUrl: "http://127.0.0.1:8787" });
 *   await fetch(`${edge.url}/v1/events`, …);
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { build } from "esbuild";
import * as z from "zod";
import { edgeRuntime } from "../../functions/bundling.ts";
import { root } from "../commands.ts";
import { environmentWith } from "../config.ts";

export type EdgeOptions = {
  apiUrl: string;
  /** 0 takes a free one. */
  port?: number;
  /** As the platform's plan has it. */
  bodyBytesMax?: number;
  /** Called as soon as there is a process. */
  onSpawn?: (pid: number) => Promise<void>;
  /** Where the runtime says what went wrong. */
  onOutput?: (text: string) => void;
};

export type Edge = AsyncDisposable & {
  url: string;
  pid: number;
  /** Where a debugger of V8 finds it. */
  inspectorUrl: string;
  /** Settles when it has ended, with why; never rejects. */
  ended: Promise<string>;
  stop(): Promise<void>;
};

const readyMsMax = 60_000;
const graceMs = 2_000;

/** What the runtime says on its control file, a line each. */
const Listening = z.union([
  z.object({ event: z.literal("listen"), socket: z.string(), port: z.int() }),
  z.object({ event: z.literal("listen-inspector"), port: z.int() }),
]);

export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const folder = await mkdtemp(join(tmpdir(), "vigil-edge-"));
  await build({
    entryPoints: [join(root, "functions/src/edge/worker.ts")],
    outfile: join(folder, "edge.js"),
    bundle: true,
    format: "esm",
    keepNames: true,
    conditions: ["workerd", "worker"],
    external: ["node:*"],
    logLevel: "error",
  });
  const config = join(folder, "edge.capnp");
  await writeFile(config, describeWorker(options));
  const child = spawn(
    findRuntime(),
    ["serve", config, "--control-fd=3", "--inspector-addr=127.0.0.1:0", "--import-path", folder],
    // In a group of its own: Ctrl-C reaches the stack alone, which stops it in its turn.
    { stdio: ["ignore", "pipe", "pipe", "pipe"], detached: true, env: environmentWith({}) },
  );
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (text: Buffer) => options.onOutput?.(text.toString("utf8")));
  }
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(`it does not start: ${error.message}`));
    child.once("exit", (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`));
  });
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
    await ended;
    clearTimeout(timer);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    if (child.pid !== undefined) await options.onSpawn?.(child.pid);
    const ports = await portsOf(child.stdio[3] as Readable, ended);
    return {
      url: `http://127.0.0.1:${ports.http}`,
      pid: child.pid ?? 0,
      inspectorUrl: `http://127.0.0.1:${ports.inspector}`,
      ended,
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Its package names the program that fits this machine, and has no types. @throws Error where there is none */
function findRuntime(): string {
  const workerd: unknown = createRequire(import.meta.url)("workerd");
  return z.object({ default: z.string() }).parse(workerd).default;
}

async function portsOf(
  control: Readable,
  ended: Promise<string>,
): Promise<{ http: number; inspector: number }> {
  const found = (async () => {
    let [http, inspector] = [0, 0];
    for await (const line of createInterface({ input: control })) {
      const told = Listening.safeParse(JSON.parse(line)).data;
      if (told?.event === "listen") http = told.port;
      if (told?.event === "listen-inspector") inspector = told.port;
      if (http > 0 && inspector > 0) return { http, inspector };
    }
    throw new Error(`Cloudflare's runtime does not come up: ${await ended}`);
  })();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`Cloudflare's runtime did not come up in ${readyMsMax} ms`)),
      readyMsMax,
    );
  });
  try {
    return await Promise.race([found, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** The runtime's own configuration: https://github.com/cloudflare/workerd/blob/main/src/workerd/server/workerd.capnp */
function describeWorker({ apiUrl, port = 0, bodyBytesMax }: EdgeOptions): string {
  const bindings = [
    `(name = "API_URL", text = ${JSON.stringify(apiUrl)})`,
    ...(bodyBytesMax === undefined ? [] : [`(name = "BODY_BYTES_MAX", text = "${bodyBytesMax}")`]),
  ];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "edge", worker = .edge),
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "edge")],
);
const edge :Workerd.Worker = (
  modules = [(name = "edge.js", esModule = embed "edge.js")],
  compatibilityDate = ${JSON.stringify(edgeRuntime.date)},
  compatibilityFlags = ${JSON.stringify(edgeRuntime.flags)},
  bindings = [${bindings.join(", ")}],
);
`;
}
