/** One worker, kept alive: when it dies, its end is told and another one takes its place. */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import { allocatorSettings } from "../../gpu-worker/src/allocator.ts";
import { type Child, startChild, tail } from "./child.ts";
import { modelName } from "./model.ts";
import { paths } from "./paths.ts";

export type WorkerOptions = {
  /** Of node. */
  flags: readonly string[];
  environment: Readonly<Record<string, string>>;
  /** Called with each worker that is ready: the first one and its successors. */
  onReady: (worker: WorkerReady) => Promise<void>;
  onSpawn: (pid: number) => Promise<void>;
  /** Called with what there is to tell when a worker has died or does not come up. */
  onDeath: (why: string) => void;
};
export type WorkerReady = { metricsUrl: string };
export type KeptWorker = { stop(): Promise<void> };

const Ready = z.object({ metricsUrl: z.string() });
const logFile = join(paths.logs, "worker.log");
/** The first start of a worker measures how it runs fastest. */
const readyMsMax = 120_000;
const pollSeconds = 2;
const drainSeconds = 10;
const graceMs = (drainSeconds + 5) * 1000;
const restartMsMin = 1_000;
const restartMsMax = 30_000;

async function start(options: WorkerOptions): Promise<Child<WorkerReady>> {
  return startChild({
    name: "worker",
    args: [...options.flags, "gpu-worker/src/main.ts"],
    environment: {
      MODEL: modelName,
      CACHE_DIR: paths.cache,
      ...allocatorSettings,
      // A stop waits for the polls that are out.
      POLL_SECONDS: String(pollSeconds),
      DRAIN_SECONDS: String(drainSeconds),
      ...options.environment,
    },
    logFile,
    readyFile: paths.ready("worker"),
    ready: Ready,
    readyMsMax,
    onSpawn: options.onSpawn,
  });
}

/** Throws when the first worker does not come up. */
export async function keepWorker(options: WorkerOptions): Promise<KeptWorker> {
  const stopping = new AbortController();
  let present: Child<WorkerReady> | undefined = await start(options);
  await options.onReady(present.ready);

  const replaceForEver = async () => {
    for (let waitMs = restartMsMin; ; waitMs = Math.min(waitMs * 2, restartMsMax)) {
      const why = await present?.ended;
      if (stopping.signal.aborted) return;
      if (present) options.onDeath(`The worker died: ${why}\n${await tail(logFile)}`);
      present = undefined;
      await pause(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      try {
        present = await start(options);
        await options.onReady(present.ready);
        waitMs = restartMsMin;
      } catch (error) {
        options.onDeath(error instanceof Error ? error.message : String(error));
      }
    }
  };
  const replacing = replaceForEver();
  return {
    async stop() {
      stopping.abort();
      await present?.stop(graceMs);
      await replacing;
    },
  };
}
