/**
 * Vigil's deep worker. Runs until SIGTERM or SIGINT, drains, and exits 0; a second signal exits at once.
 * One process: inference runs in worker threads of it.
 */
import { writeFile } from "node:fs/promises";
import { BadEnvironment, type Config, readConfig } from "./config.ts";
import { createLog, type Log } from "./observe/log.ts";
import { createWorker, type Worker } from "./worker.ts";

/** Beyond the drain time, for the last requests to the queue. */
const closeSecondsMax = 10;

function stopOnSignals(worker: Worker, config: Config, log: Log): void {
  let signals = 0;
  const onSignal = (name: NodeJS.Signals) => {
    signals += 1;
    if (signals > 1) process.exit(1);
    log.info({ signal: name }, "stopping");
    worker.stop();
    setTimeout(() => process.exit(1), (config.drainSeconds + closeSecondsMax) * 1000).unref();
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

async function start(config: Config, log: Log): Promise<void> {
  const worker = await createWorker(config, log);
  stopOnSignals(worker, config, log);
  const running = worker.run();
  log.info({ metricsUrl: worker.metricsUrl, model: worker.detector.profile.model.name }, "worker ready");
  if (config.readyFile) {
    await writeFile(config.readyFile, JSON.stringify({ metricsUrl: worker.metricsUrl }));
  }
  await running;
  log.info("worker stopped");
}

try {
  const config = readConfig();
  const log = createLog({ level: config.logLevel, workerId: config.workerId });
  await start(config, log).catch((error: unknown) => {
    log.fatal({ err: error }, "the worker could not go on");
    // Threads of the detector may still run; the queue gives what was in hand to another worker.
    process.exit(1);
  });
} catch (error) {
  if (!(error instanceof BadEnvironment)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
