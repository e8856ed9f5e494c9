/**
 * Home Assistant by MQTT discovery: it finds the site's level, last digest, places, sensors and cameras by itself, and whether
 * the gateway is there from the `status` that ./mqtt.ts keeps. What is told is retained; what has not changed is not told.
 */
import mqtt from "mqtt";
import type { Log } from "../log.ts";
import { type Entity, entitiesOf, type Seen } from "./home-assistant-entities.ts";

export type HomeAssistantOptions = {
  url: string;
  username?: string | undefined;
  password?: string | undefined;
  /** Ours: `<prefix>/<site>/…`. */
  prefix: string;
  /** Home Assistant's, `homeassistant` unless it is told otherwise. */
  discoveryPrefix: string;
  site: string;
  log: Log;
  seen: () => Seen;
  picture: (camera: string) => Uint8Array | undefined;
};

export type HomeAssistant = { stop(): Promise<void> };

const reconnectMs = 2_000;
const tellEveryMs = 1_000;
const pictureEveryMs = 10_000;
const qos = 1;

export function openHomeAssistant(options: HomeAssistantOptions): HomeAssistant {
  const { prefix, discoveryPrefix, site, log } = options;
  const base = `${prefix}/${site}`;
  const client = mqtt.connect(options.url, {
    ...(options.username === undefined ? {} : { username: options.username }),
    ...(options.password === undefined ? {} : { password: options.password }),
    reconnectPeriod: reconnectMs,
    queueQoSZero: false,
  });
  /** What stands at the broker under each topic, as far as it is known. */
  const told = new Map<string, string>();
  let wasTold = false;
  let pictureMs = Number.NEGATIVE_INFINITY;

  const birth = `${discoveryPrefix}/status`;
  client.on("connect", () => {
    wasTold = false;
    told.clear();
    client.subscribe(birth, { qos }, () => {});
    tell();
  });
  client.on("message", (topic, payload) => {
    // It has started anew, and has forgotten what it does not find retained.
    if (topic !== birth || payload.toString() !== "online") return;
    told.clear();
    tell();
  });
  client.on("error", (error) => {
    if (!wasTold) log.warn({ err: error }, "Home Assistant's broker is not connected; trying again");
    wasTold = true;
  });

  function put(topic: string, payload: string): void {
    if (told.get(topic) === payload) return;
    told.set(topic, payload);
    client.publish(topic, payload, { qos, retain: true }, (error) => {
      if (error) told.delete(topic);
    });
  }

  function putEntity({ component, id, config, state, attributes }: Entity): void {
    const own = `${base}/home-assistant/${id}`;
    const full = {
      ...config,
      unique_id: `vigil_${site}_${id}`,
      availability_topic: `${base}/status`,
      origin: { name: "Vigil" },
      ...(component === "camera" ? { topic: `${own}/picture` } : { state_topic: `${own}/state` }),
      ...(attributes ? { json_attributes_topic: `${own}/attributes` } : {}),
    };
    put(`${discoveryPrefix}/${component}/vigil-${site}/${id}/config`, JSON.stringify(full));
    if (state !== undefined) put(`${own}/state`, state);
    if (attributes) put(`${own}/attributes`, JSON.stringify(attributes));
  }

  function putPictures(cameras: Seen["cameras"], entities: readonly Entity[]): void {
    const topics = entities.filter(({ component }) => component === "camera");
    for (const [index, { name }] of cameras.entries()) {
      const bytes = options.picture(name);
      const id = topics[index]?.id;
      // A broker need not keep what is another picture ten seconds later.
      if (bytes && id !== undefined) {
        client.publish(`${base}/home-assistant/${id}/picture`, Buffer.from(bytes), { qos: 0 });
      }
    }
  }

  function tell(): void {
    if (!client.connected) return;
    const seen = options.seen();
    const entities = entitiesOf(seen, site);
    for (const entity of entities) putEntity(entity);
    if (performance.now() - pictureMs < pictureEveryMs) return;
    pictureMs = performance.now();
    putPictures(seen.cameras, entities);
  }

  const timer = setInterval(tell, tellEveryMs);
  return {
    async stop() {
      clearInterval(timer);
      await client.endAsync(true).catch(() => undefined);
    },
  };
}
