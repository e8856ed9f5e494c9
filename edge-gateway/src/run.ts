/**
 * The gateway as a whole. What hears and alarms depends on nothing that can be slow: the store, the way to the cloud, the
 * page and the metrics stand beside it.
 */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isLifeSafety } from "@vigil/core/event/wire";
import { AlarmRecord } from "./alarm/alarm-record.ts";
import type { AlarmSink } from "./alarm/alarm-sink.ts";
import { type Alarms, bootSuffix, createAlarms, createIds } from "./alarm/index.ts";
import { toEvent } from "./alarm/to-event.ts";
import { openSinks } from "./bridges/index.ts";
import { openAddedCameras } from "./cameras/added-cameras.ts";
import { openDrawnAreas } from "./cameras/drawn-areas.ts";
import { type CameraState, type Cameras, openCameras } from "./cameras/index.ts";
import { isRecorded } from "./cameras-config.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import { connectOthers } from "./connect-others.ts";
import { askCameraVerdicts } from "./forward/ask-camera-verdicts.ts";
import { askVerdicts } from "./forward/ask-verdicts.ts";
import { type Forward, openForward } from "./forward/index.ts";
import type { LinkStatus } from "./forward/link.ts";
import type { Log } from "./log.ts";
import { openMetrics } from "./metrics/index.ts";
import type { Recorder } from "./recorder/index.ts";
import type { openSensing, Sensing } from "./sensing.ts";
import type { Alarm, Fault } from "./sensing-words.ts";
import { createParts, type Parts } from "./shutdown.ts";
import { readStatus, reportOf, type Status } from "./status.ts";
import { holdStore } from "./store/hold-store.ts";
import type { Store } from "./store/index.ts";
import type { Boot, NewItem } from "./store/item.ts";
import { openWeb, type Web, type WebOptions } from "./web/index.ts";

export type Gateway = {
  sensors: { host: string; port: number };
  webUrl: string;
  metricsUrl: string;
  status(): Promise<Status>;
  /** Resolves with the reason when the gateway cannot go on. */
  broken: Promise<string>;
  stop(): Promise<void>;
};

export type GatewayOptions = {
  config: Config;
  clock: Clock;
  random: () => number;
  log: Log;
  openSensing: typeof openSensing;
  /** Which cameras are on the network; absent: those that answer. */
  discover?: WebOptions["discover"];
  /** Each alarm and each change of it, for a terminal. */
  onAlarm?: (record: AlarmRecord) => void;
};

/** What a camera or another program has told, and the store is to keep. */
type HeardEvent = Omit<NewItem, "id" | "urgent">;

/** What is opened later than what has something to tell it. */
type Told = { web?: Web; cameras?: Cameras };

const stopMsMax = 5_000;
const tendMs = 60_000;
const reportMs = 15_000;
const alarmsRestored = 200;
const faultsMax = 100;

/**
 * Throws when a port cannot be had, or another gateway runs on the store. A store that cannot be opened does not keep the
 * gateway from sounding alarms: it then works on a temporary one, and says so.
 */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const parts = createParts(options.log, stopMsMax);
  try {
    return await bringUp(options, parts);
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

async function bringUp(options: GatewayOptions, parts: Parts): Promise<Gateway> {
  const { config, clock, log } = options;
  const startedMonotonicMs = clock.monotonicMs();
  const faults = createFaults(clock, log);
  const held = await holdStore(config.store, log);
  parts.add("store", () => held.close());
  const { store } = held;
  const { boot } = await store.start(clock.now().getTime(), bootSuffix());
  if (held.isTemporary) {
    faults.add(
      gatewayFault("state_unwritable", "The store cannot be opened: nothing outlives a restart.", clock),
    );
  }
  if (!boot.clockTrusted) log.warn("the clock stands before a time that was stored: it is not trusted");

  const sinks = openSinks(config, options);
  for (const sink of sinks) parts.add(sink.name, () => sink.stop());
  const told: Told = {};
  const { alarms, forward, record } = await connect(options, { store, boot, sinks, told });
  parts.add("forward", () => forward.stop());

  const recorder = await openRecording(options, held.directory, (fault) => faults.add(fault));
  if (recorder) parts.add("recorder", () => recorder.stop());
  const folder = held.isTemporary ? undefined : held.directory;
  const unreadable = (text: string) => faults.add(gatewayFault("state_unwritable", text, clock));
  const cameras = openCameras({
    config: config.cameras,
    clock,
    recorder,
    pageUrl: config.web.url,
    areas: await openDrawnAreas(folder, unreadable),
    added: await openAddedCameras(folder, unreadable),
    onEvent: record,
    onFault: (fault) => faults.add(fault),
  });
  told.cameras = cameras;
  parts.add("cameras", () => cameras.stop());
  const sensing = await options.openSensing({
    config: {
      ...(held.isTemporary ? {} : { stateDir: held.directory }),
      malformedLogDir: held.directory,
      ...config.sensing,
    },
    clock,
    log,
    onAlarm(alarm) {
      alarms.raise(alarm);
      keepRecording(cameras.list(), recorder, alarm);
    },
    // The latest of each channel stands in the device's state; a site forwards what alarms.
    onReading: () => {},
    onFault: (fault) => faults.add(fault),
  });
  parts.add("sensing", () => sensing.close());
  const { vision } = await connectOthers(options, parts, {
    cameras,
    sensing,
    alarms,
    record,
    onFault: (fault) => faults.add(fault),
  });
  const disk = await tendRegularly(store, clock, log, parts);
  const source = { site: config.site, clock, clockTrusted: boot.clockTrusted, startedMonotonicMs };
  const rest = { sensing, cameras, vision, forward, store, alarms, sinks, disk, faults: () => faults.list() };
  const status = () => readStatus({ ...source, ...rest });
  return show(options, parts, { status, sensing, cameras, recorder, forward, store, told });
}

/** Where nothing is to be recorded its code is not even loaded. A folder that cannot be had keeps nobody from hearing. */
async function openRecording(
  { config, clock }: GatewayOptions,
  directory: string,
  onFault: (fault: Fault) => void,
): Promise<Recorder | undefined> {
  const { ffmpeg, list, recording } = config.cameras;
  if (!recording) return undefined;
  const recorded = list.filter(isRecorded).map(({ name }) => name);
  const tell = (text: string, camera?: string) =>
    onFault({
      ...gatewayFault("recording_failed", text, clock),
      ...(camera === undefined ? {} : { device: camera }),
    });
  const { openRecorder } = await import("./recorder/index.ts");
  const folder = recording.directory ?? join(directory, "recordings");
  return openRecorder({
    config: recording,
    folder,
    cameras: recorded,
    clock,
    program: ffmpeg,
    onFault: (camera, text) => tell(text, camera),
  }).catch((error: unknown) => {
    tell(`nothing is recorded: ${folder} cannot be used (${String(error)})`);
    return undefined;
  });
}

/** A sensor's alarm is seen by the cameras of its place. */
function keepRecording(cameras: readonly CameraState[], recorder: Recorder | undefined, alarm: Alarm): void {
  if (!recorder || alarm.state === "cleared") return;
  const seen = cameras.filter(({ place, recording }) => place === alarm.place && recording !== undefined);
  for (const { name } of seen) recorder.keep(name, isLifeSafety(toEvent(alarm)) ? "alarm" : "event");
}

/** What alarms and what forwards know of each other: events go out, verdicts come back. */
async function connect(
  { config, clock, random, log, onAlarm }: GatewayOptions,
  { store, boot, sinks, told }: { store: Store; boot: Boot; sinks: readonly AlarmSink[]; told: Told },
): Promise<{ alarms: Alarms; forward: Forward; record: (event: HeardEvent) => void }> {
  const cannotStore = (error: unknown) => log.error({ err: error }, "the store failed");
  const forward = openForward({
    ...config.api,
    store,
    clock,
    random,
    log,
    onAccepted: (item, event) => {
      alarms.accepted(item.id, event);
      const { camera } = item.heard.attributes;
      if (typeof camera === "string") ofCameras.expect(camera, item.id, event.id);
    },
    onLink: (status) => logLink(status, log),
  });
  const verdicts = askVerdicts({
    api: forward.api,
    clock,
    onVerdict: (clientId, verdict) => alarms.judge(clientId, verdict),
  });
  const ofCameras = askCameraVerdicts({
    api: forward.api,
    clock,
    onVerdict: (camera, verdict) => told.cameras?.judge(camera, verdict),
  });
  async function keep(item: NewItem): Promise<void> {
    const isKept = await store.record(item);
    if (!isKept) log.error({ id: item.id }, "the disk has no room: an event was dropped");
    forward.wake(item.urgent);
  }
  const nextId = createIds(config.site, boot.label);
  const recordEvent = (event: HeardEvent) => {
    keep({ id: nextId(), urgent: isLifeSafety(event.heard), ...event }).catch(cannotStore);
  };
  const alarms = createAlarms({
    site: config.site,
    timeZone: config.timeZone,
    nextId,
    sinks,
    log,
    onChange: (record) => {
      told.web?.tell(record);
      onAlarm?.(record);
      store.putAlarm(record.id, Date.parse(record.openedAt), JSON.stringify(record)).catch(cannotStore);
    },
    onEvent: (item) => void keep(item).catch(cannotStore),
    onAccepted: (clientId, eventId) => verdicts.expect(clientId, eventId),
  });
  const kept = (await store.alarms(alarmsRestored)).map(({ alarm }) =>
    AlarmRecord.safeParse(JSON.parse(alarm)),
  );
  alarms.restore(kept.flatMap(({ data }) => (data ? [data] : [])).toReversed());
  const stop = () => Promise.all([forward.stop(), verdicts.stop(), ofCameras.stop()]).then(() => undefined);
  return { alarms, forward: { ...forward, stop }, record: recordEvent };
}

function logLink(status: LinkStatus, log: Log): void {
  if (status.state === "up") log.info("the API answers");
  else if (status.state === "unauthorised") {
    log.error({ why: status.why }, "the API refuses the gateway's key");
  } else log.warn({ why: status.why }, "the API is not reached; everything is kept until it is");
}

type ToldFault = Fault & { wallMs: number };

function createFaults(clock: Clock, log: Log) {
  const faults: ToldFault[] = [];
  return {
    add(fault: Fault): void {
      faults.unshift({ ...fault, wallMs: clock.now().getTime() });
      faults.length = Math.min(faults.length, faultsMax);
      log.warn({ code: fault.code, device: fault.device }, fault.text);
    },
    list: (): ToldFault[] => [...faults],
  };
}

const gatewayFault = (code: Fault["code"], text: string, clock: Clock): Fault => ({
  code,
  text,
  monotonicMs: clock.monotonicMs(),
});

/** Now, and then every `ms` until the signal fires; a failure is told and tried again. */
async function every(ms: number, signal: AbortSignal, log: Log, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await work().catch((error: unknown) => log.warn({ err: error }, "a regular task failed"));
    await pause(ms, undefined, { signal }).catch(() => undefined);
  }
}

/** Remembers the time and holds the ballast, every minute. @returns what was seen of the disk last */
async function tendRegularly(store: Store, clock: Clock, log: Log, parts: Parts) {
  const tend = () => store.tend({ wallMs: clock.now().getTime(), monotonicMs: clock.monotonicMs() });
  let disk = await tend();
  const ticking = new AbortController();
  const tending = every(tendMs, ticking.signal, log, async () => {
    disk = await tend();
  });
  parts.add("tending", async () => {
    ticking.abort();
    await tending;
  });
  return () => disk;
}

/** The page, the metrics and the report to the cloud. */
async function show(
  { config, clock, log, discover }: GatewayOptions,
  parts: Parts,
  shown: {
    status: () => Promise<Status>;
    sensing: Sensing;
    cameras: Cameras;
    recorder: Recorder | undefined;
    forward: Forward;
    store: Store;
    told: Told;
  },
): Promise<Gateway> {
  const { status, sensing, cameras, recorder, forward, store, told } = shown;
  const { site, timeZone } = config;
  const web = await openWeb({
    ...config.web,
    site,
    timeZone,
    clock,
    status,
    sensing,
    cameras,
    recorder,
    discover,
    log,
  });
  told.web = web;
  parts.add("web", () => web.stop());
  const metrics = await openMetrics({ ...config.metrics, status, log });
  parts.add("metrics", () => metrics.stop());
  const ticking = new AbortController();
  const reporting = every(reportMs, ticking.signal, log, async () => {
    await forward.api.report(JSON.stringify(reportOf(await status(), clock.monotonicMs())));
  });
  parts.add("reporting", async () => {
    ticking.abort();
    await Promise.race([reporting, forward.stop()]);
  });
  const failed = forward.running.then(
    () => new Promise<never>(() => undefined),
    (error: unknown) => `forwarding failed: ${error instanceof Error ? error.message : String(error)}`,
  );
  return {
    sensors: sensing.address,
    webUrl: web.url,
    metricsUrl: metrics.url,
    status,
    broken: Promise.race([store.broken, failed]),
    stop: () => parts.stop(),
  };
}
