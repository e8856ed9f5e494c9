/** What a site has besides sensors and cameras that are fetched from. The code of each is loaded where it is configured. */
import type { Alarms } from "./alarm/index.ts";
import type { CameraEvent, Cameras } from "./cameras/index.ts";
import type { VisionConfig } from "./cameras-config.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";
import type { Sensing } from "./sensing.ts";
import type { Fault } from "./sensing-words.ts";
import type { Parts } from "./shutdown.ts";
import type { Vision } from "./vision/index.ts";

type Others = {
  cameras: Cameras;
  sensing: Sensing;
  alarms: Alarms;
  record: (event: CameraEvent & { origin?: string }) => void;
  onFault: (fault: Fault) => void;
};

/** Cameras that send of themselves, Frigate, devices of ESPHome and Shelly, detectors that others ask, Home Assistant. */
export async function connectOthers(
  { config, clock, log }: { config: Config; clock: Clock; log: Log },
  parts: Parts,
  { cameras, sensing, alarms, record, onFault }: Others,
): Promise<{ vision: Vision | undefined }> {
  const cannotListen = (text: string) =>
    onFault({ code: "listen_failed", text, monotonicMs: clock.monotonicMs() });
  const { receive, list } = config.cameras;
  if (receive) {
    const { openReceivers } = await import("./receivers/index.ts");
    const receivers = await openReceivers({
      config: receive,
      credentials: list.flatMap(({ name, source }) =>
        source.kind === "upload" ? [{ camera: name, user: source.user, password: source.password }] : [],
      ),
      monotonicMs: () => clock.monotonicMs(),
      onUpload: ({ camera, pictures, by }) => cameras.take(camera, pictures, by),
      onFault: (text) => cannotListen(text),
    });
    parts.add("receivers", () => receivers.stop());
  }
  if (config.frigate) {
    const { openFrigate } = await import("./bridges/frigate.ts");
    const frigate = openFrigate({ config: config.frigate, clock, log, onEvent: record });
    parts.add("frigate", () => frigate.stop());
  }
  if (config.homeDevices.length > 0) {
    const { openHomeDevices } = await import("./bridges/home-devices.ts");
    const devices = openHomeDevices({ devices: config.homeDevices, clock, log, onEvent: record });
    parts.add("home devices", () => devices.stop());
  }
  const vision = config.vision && (await openDetection(config.vision, cannotListen));
  if (vision) parts.add("vision", () => vision.stop());
  const broker = config.alarm.mqtt;
  if (!broker?.homeAssistant) return { vision };
  const { openHomeAssistant } = await import("./bridges/home-assistant.ts");
  const assistant = openHomeAssistant({
    ...broker,
    ...broker.homeAssistant,
    site: config.site,
    log,
    seen: () => ({ devices: sensing.devices(), cameras: cameras.list(), alarms: alarms.list() }),
    picture: (name) => cameras.picture(name),
  });
  parts.add("home assistant", () => assistant.stop());
  return { vision };
}

/** A port that cannot be had is a fault, and the rest of the gateway goes on. */
async function openDetection(
  config: VisionConfig,
  cannotListen: (text: string) => void,
): Promise<Vision | undefined> {
  const { openVision } = await import("./vision/index.ts");
  return openVision(config).catch((error: unknown) => {
    cannotListen(`nobody can ask for detections: ${String(error)}`);
    return undefined;
  });
}
