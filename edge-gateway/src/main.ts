#!/usr/bin/env node
/** `vigil-gateway`: the daemon of a site, and what helps to set one up. `vigil-gateway --help` says what there is. */
import { writeFile } from "node:fs/promises";
import { flushCompileCache } from "node:module";
import type { AlarmRecord } from "./alarm/alarm-record.ts";
import { examine } from "./cli/doctor.ts";
import { BadCommand, type Command, help, parseCommand } from "./cli/parse-command.ts";
import { systemClock } from "./clock.ts";
import { BadConfig, configPath, readConfig } from "./config.ts";
import { AlreadyRunning } from "./lock.ts";
import { createLog } from "./log.ts";
import { openGateway } from "./run.ts";
import { openSensing } from "./sensing.ts";
import { simulateDevice } from "./simulate/device.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

/** The whole shutdown takes five seconds at most; what hangs is left behind. */
const stopMsMax = 6_000;

function onStop(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (stopping.signal.aborted) process.exit(1);
      stopping.abort();
      setTimeout(() => process.exit(1), stopMsMax).unref();
    });
  }
  return stopping.signal;
}

function sayAlarm({ state, verdict, place, id }: AlarmRecord): void {
  const what = state === "cleared" ? "CLEARED" : `ALARM ${verdict.level}`;
  say(`${what}: ${verdict.title} (${place}, ${id}, by ${verdict.by}) ${verdict.summary}`);
}

async function run({
  config: named,
  ready,
}: {
  config: string | undefined;
  ready: string | undefined;
}): Promise<number> {
  const config = readConfig(configPath(named));
  const log = createLog({ level: config.logLevel });
  const signal = onStop();
  const gateway = await openGateway({
    config,
    clock: systemClock,
    random: Math.random,
    log,
    openSensing,
    onAlarm: sayAlarm,
  });
  const { sensors, webUrl, metricsUrl } = gateway;
  say(
    `Gateway ${config.site}: sensors ${sensors.host}:${sensors.port}, page ${webUrl}, metrics ${metricsUrl}`,
  );
  // Whoever cuts the power does not wait for the end of the process, at which it would be written.
  flushCompileCache();
  if (ready !== undefined) await writeFile(ready, JSON.stringify({ sensors, webUrl, metricsUrl }));
  const stopped = new Promise<undefined>((resolve) => {
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  const why = signal.aborted ? undefined : await Promise.race([stopped, gateway.broken]);
  if (why !== undefined) log.fatal(why);
  await gateway.stop();
  return why === undefined ? 0 : 1;
}

async function doctor({ config: named }: { config: string | undefined }): Promise<number> {
  const findings = await examine(readConfig(configPath(named)), systemClock);
  for (const { name, isWell, detail } of findings) say(`${isWell ? "ok   " : "FAULT"} ${name}: ${detail}`);
  return findings.every(({ isWell }) => isWell) ? 0 : 1;
}

/**
 * Here they only load: what `run` starts as a thread is in the cache of compiled code then, and that thread has no need of a
 * compiler of its own, which would stay in memory (some 18 MiB).
 */
async function compileThreads(): Promise<void> {
  await import("./store/thread.ts");
}

async function execute(command: Command): Promise<number> {
  switch (command.name) {
    case "help":
      process.stdout.write(help);
      return 0;
    case "run":
      return run(command);
    case "check": {
      const path = configPath(command.config);
      readConfig(path);
      await compileThreads();
      say(`${path} is sound.`);
      return 0;
    }
    case "doctor":
      return doctor(command);
    case "simulate":
      await simulateDevice({ ...command, random: Math.random, signal: onStop() });
      return 0;
  }
}

try {
  process.exitCode = await execute(parseCommand(process.argv.slice(2)));
} catch (error) {
  const isWrong = error instanceof BadConfig || error instanceof BadCommand;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = isWrong ? 2 : 1;
  // Threads and sockets of what had begun do not keep a process that cannot go on.
  if (!isWrong && !(error instanceof AlreadyRunning)) process.exit();
}
