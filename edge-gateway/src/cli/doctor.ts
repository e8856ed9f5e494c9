/** `vigil-gateway doctor`: tries what the configuration names, and says of each what is so and what to do. */
import { accessSync, constants, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import mqtt from "mqtt";
import { ffmpegFinder } from "../cameras/ffmpeg.ts";
import { openSource } from "../cameras/open-source.ts";
import { listUsbCameras } from "../cameras/usb.ts";
import type { CameraConfig } from "../cameras-config.ts";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { createApi } from "../forward/api.ts";
import { freeBytes } from "../store/ballast.ts";

export type Finding = { name: string; isWell: boolean; detail: string };

const MIB = 1024 * 1024;
const brokerMsMax = 5_000;
const clockAheadMsMax = 60_000;
const cameraMsMax = 15_000;

/** Nothing is changed by it, apart from a store's folder that it makes where there is none. */
export async function examine(config: Config, clock: Clock): Promise<Finding[]> {
  return [
    examineDisk(config),
    await examinePort(config),
    ...(await examineApi(config, clock)),
    ...(await examineBroker(config)),
    ...(await examineCameras(config, clock)),
  ];
}

function examineDisk({ store: { directory, ballastMiB } }: Config): Finding {
  const name = "store";
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    return { name, isWell: false, detail: `${directory} cannot be written: ${String(error)}` };
  }
  const free = Math.floor(freeBytes(directory) / MIB);
  const wanted = 4 * ballastMiB;
  const detail = `${directory}: ${free} MiB free`;
  return free >= wanted
    ? { name, isWell: true, detail }
    : {
        name,
        isWell: false,
        detail: `${detail}, expected at least ${wanted}: give it more room, or set store.ballastMiB lower`,
      };
}

async function examinePort({ sensing: { host, port } }: Config): Promise<Finding> {
  const name = "sensors' port";
  const { promise, resolve } = Promise.withResolvers<Finding>();
  const server = createServer();
  server.once("error", (error: NodeJS.ErrnoException) => {
    const detail =
      error.code === "EADDRINUSE" ? `${port} is taken, perhaps by a gateway that runs` : error.message;
    resolve({ name, isWell: false, detail });
  });
  server.listen(port, host, () => {
    server.close(() => resolve({ name, isWell: true, detail: `${host}:${port} can be had` }));
  });
  return promise;
}

async function examineApi({ api: { url, key } }: Config, clock: Clock): Promise<Finding[]> {
  let aheadMs: number | undefined;
  const api = createApi({
    url,
    key,
    clock,
    signal: new AbortController().signal,
    onTime: ({ trueMs }) => {
      aheadMs = clock.now().getTime() - trueMs;
    },
  });
  const ping = await api.ping();
  if (ping.kind !== "answer") {
    const detail = ping.kind === "later" ? ping.why : "it answers, but not as Vigil's API does";
    return [{ name: "API", isWell: false, detail: `${url}: ${detail}` }];
  }
  // An event that cannot be, asked with the key: whether the key is a device's shows before whether there is such an event.
  const asked = await api.seal(`evt_${"0".repeat(32)}`);
  const isWell = asked.kind !== "unauthorised" && asked.kind !== "later";
  const detail =
    asked.kind === "unauthorised" ? asked.detail : asked.kind === "later" ? asked.why : "is a device's";
  const ahead = aheadMs ?? 0;
  return [
    { name: "API", isWell: true, detail: `${url} answers` },
    { name: "key", isWell, detail },
    {
      name: "clock",
      isWell: Math.abs(ahead) <= clockAheadMsMax,
      detail: `${(ahead / 1000).toFixed(1)} s ahead of the API's; events are told at the API's time`,
    },
  ];
}

async function examineBroker({ alarm: { mqtt: broker } }: Config): Promise<Finding[]> {
  if (!broker) return [];
  const { url, username, password } = broker;
  const client = mqtt.connect(url, {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    reconnectPeriod: 0,
    connectTimeout: brokerMsMax,
  });
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  client.once("connect", () => resolve(undefined));
  client.once("error", (error) => resolve(error.message || "refused"));
  client.once("close", () => resolve("no connection"));
  const why = await promise;
  await client.endAsync(true).catch(() => undefined);
  const { host } = new URL(url);
  return [
    {
      name: "MQTT",
      isWell: why === undefined,
      detail: why === undefined ? `${host} answers` : `${host}: ${why}`,
    },
  ];
}

/** Of each camera the first picture, all at once. Nothing where there is none. */
async function examineCameras({ cameras: { ffmpeg, list } }: Config, clock: Clock): Promise<Finding[]> {
  const usb = await examineUsb(ffmpeg, list);
  if (list.every(({ source }) => source.kind === "upload")) return usb;
  const find = ffmpegFinder(ffmpeg);
  try {
    await find();
  } catch (error) {
    return [
      { name: "ffmpeg", isWell: false, detail: error instanceof Error ? error.message : String(error) },
    ];
  }
  const found = { name: "ffmpeg", isWell: true, detail: `${ffmpeg} reads RTSP` };
  return [found, ...usb, ...(await Promise.all(list.map((camera) => examineCamera(find, camera, clock))))];
}

/** Which cameras are at this machine; nothing where there is none, and none is wanted. */
async function examineUsb(ffmpeg: string, list: readonly CameraConfig[]): Promise<Finding[]> {
  const found = await listUsbCameras(ffmpeg);
  const isWanted = list.some(({ source }) => source.kind === "usb");
  if (found.length === 0 && !isWanted) return [];
  const detail =
    found.length === 0 ? "none is seen; is it plugged in, and may this user read it?" : found.join(", ");
  return [{ name: "cameras at this machine", isWell: found.length > 0, detail }];
}

async function examineCamera(
  find: ReturnType<typeof ffmpegFinder>,
  { name, source }: CameraConfig,
  clock: Clock,
): Promise<Finding> {
  if (source.kind === "upload") {
    return { name: `camera ${name}`, isWell: true, detail: "brings its pictures itself: nothing to ask" };
  }
  const seen = Promise.withResolvers<undefined>();
  const options = { findFfmpeg: find, source, clock, lastMotionMs: () => 0 };
  const decoding = await openSource(options, { onGrey: () => seen.resolve(undefined), onPicture: () => {} });
  const late = AbortSignal.timeout(cameraMsMax);
  const waited = new Promise<string>((resolve) => {
    late.addEventListener("abort", () => resolve(`no picture within ${cameraMsMax / 1_000} s`), {
      once: true,
    });
  });
  const why = await Promise.race([seen.promise, decoding.ended, waited]);
  decoding.kill();
  return { name: `camera ${name}`, isWell: why === undefined, detail: why ?? "gives pictures" };
}
