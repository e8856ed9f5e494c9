/**
 * `npm run gateway:kill -- [seeds] [first seed]`: kills the forward path with SIGKILL at each of its steps in turn, twice a
 * seed, against the real API on PostgreSQL and the local object store; then looks at what arrived.
 */
import "../../scripts/help.ts";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { serveApi } from "../../functions/testing/served-api.ts";
import { countSteps, killTwice } from "../testing/kill-forward.ts";
import { inTestServer } from "./test-server.ts";

const items = 6;

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The victim in one file, which starts four times as fast as its sources. */
async function bundle(directory: string): Promise<string> {
  await build({
    entryPoints: { victim: source("../testing/forward-victim.ts"), thread: source("../src/store/thread.ts") },
    outdir: directory,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "bundle",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    logLevel: "error",
  });
  // The store starts its thread by the name that it has in the sources.
  await symlink(join(directory, "thread.js"), join(directory, "thread.ts"));
  return join(directory, "victim.js");
}

async function killAll(seeds: number, firstSeed: number): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "vigil-victim-"));
  const api = await serveApi();
  try {
    const key = api.base.seeded.accounts.find(({ tier }) => tier === "pro")?.deviceKey ?? "";
    const setup = { api, key, items, program: await bundle(directory) };
    const steps = await countSteps(setup, 900_000_000);
    const left = Array.from({ length: seeds }, (_, index) => firstSeed + index);
    const totals = { recorded: 0, arrived: 0, seeds: 0 };
    const startMs = performance.now();
    const kill = async (): Promise<void> => {
      for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
        const first = 1 + (seed % steps);
        const second = 1 + ((seed * 7) % steps);
        const { recorded, arrived } = await killTwice(setup, seed, { first, second, afterMs: seed % 3 });
        totals.recorded += recorded;
        totals.arrived += arrived;
        totals.seeds += 1;
        if (totals.seeds % 50 === 0) process.stdout.write(`  ${totals.seeds} of ${seeds} seeds\n`);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, kill));
    const seconds = Math.round((performance.now() - startMs) / 1000);
    process.stdout.write(
      `${seeds} seeds, ${2 * seeds} kills over ${steps} steps in ${seconds} s: ${totals.recorded} events recorded for good, ` +
        `${totals.arrived} arrived (those more were not yet acknowledged), 0 lost, 0 doubled, all evidence whole\n`,
    );
  } finally {
    await api.close();
    await rm(directory, { recursive: true, force: true });
  }
}

const [, , seeds = "1000", firstSeed = "0"] = process.argv;
await inTestServer(() => killAll(Number(seeds), Number(firstSeed)));
