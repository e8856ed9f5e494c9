/**
 * The messages against what home-assistant.io documents: the options of an MQTT sensor, binary sensor and camera, the device
 * classes that we use with their units, and the keys of a device. An option that is not documented makes Home Assistant
 * refuse the whole entity.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import mqtt from "mqtt";
import * as z from "zod";
import { startBroker } from "../../testing/broker.ts";
import { makeAlarm } from "../../testing/make-alarm.ts";
import { waitUntil } from "../../testing/wait-until.ts";
import { recordOf } from "../alarm/alarm-record.ts";
import { createJudge } from "../alarm/judge.ts";
import { toEvent } from "../alarm/to-event.ts";
import { createLog } from "../log.ts";
import { openHomeAssistant } from "./home-assistant.ts";
import type { Seen } from "./home-assistant-entities.ts";

const device = z.strictObject({
  identifiers: z.array(z.string()).min(1),
  name: z.string(),
  manufacturer: z.string(),
  model: z.string(),
  via_device: z.string().optional(),
  suggested_area: z.string().optional(),
});
const entity = {
  name: z.string().nullable(),
  unique_id: z.string().regex(/^[a-zA-Z0-9_-]+$/),
  device,
  origin: z.strictObject({ name: z.string() }),
  availability_topic: z.string(),
  entity_category: z.literal("diagnostic").optional(),
  json_attributes_topic: z.string().optional(),
};
const documented = {
  sensor: z.union([
    z.strictObject({
      ...entity,
      state_topic: z.string(),
      device_class: z.literal("enum"),
      options: z.array(z.string()).min(1),
    }),
    z.strictObject({
      ...entity,
      state_topic: z.string(),
      state_class: z.literal("measurement"),
      device_class: z.literal("temperature"),
      unit_of_measurement: z.enum(["°C", "°F", "K"]),
    }),
    z.strictObject({
      ...entity,
      state_topic: z.string(),
      state_class: z.literal("measurement").optional(),
      unit_of_measurement: z.string().optional(),
    }),
  ]),
  binary_sensor: z.strictObject({
    ...entity,
    state_topic: z.string(),
    device_class: z.enum(["safety", "connectivity", "motion"]),
  }),
  camera: z.strictObject({ ...entity, topic: z.string() }),
};
/** `<discovery_prefix>/<component>/<node_id>/<object_id>/config` */
const topicPattern =
  /^homeassistant\/(sensor|binary_sensor|camera)\/([a-zA-Z0-9_-]+)\/([a-zA-Z0-9_-]+)\/config$/;

describe("Home Assistant", () => {
  it("finds level, digest, places, sensors and cameras by documented messages, and their states as they change", async () => {
    await using broker = await startBroker();
    const heard = new Map<string, string>();
    const listener = await mqtt.connectAsync(broker.url);
    listener.on("message", (topic, payload) => void heard.set(topic, payload.toString("latin1")));
    await listener.subscribeAsync("#");
    const alarm = makeAlarm();
    const assessment = createJudge("UTC").assess("a", alarm.device, toEvent(alarm), new Date());
    const record = recordOf(alarm, { id: "shop-1.1-0a1b.1", site: "shop-1", assessment, before: undefined });
    const at = { monotonicMs: 0, wallMs: 0 };
    const reading = { device: "S 1/é", place: alarm.place, ...at };
    let seen: Seen = {
      devices: [
        {
          device: "S 1/é",
          place: alarm.place,
          state: "online",
          readings: [
            { ...reading, channel: "smoke", value: 3.4, unit: "%" },
            { ...reading, channel: "thermal", value: 31.26, unit: "°C" },
            { ...reading, channel: "flame_digital", value: 0, unit: "on" },
          ],
        },
      ],
      cameras: [{ name: "front-door", place: "front door", state: "up", isMoving: false }],
      alarms: [],
    };
    const gateway = openHomeAssistant({
      url: broker.url,
      prefix: "vigil",
      discoveryPrefix: "homeassistant",
      site: "shop-1",
      log: createLog({ level: "silent" }),
      seen: () => seen,
      picture: () => Buffer.from("a picture"),
    });
    const configs = () =>
      [...heard].filter(([topic]) => topic.startsWith("homeassistant/") && topic.endsWith("/config"));
    const config = (name: string | null, component: string) => {
      const texts = configs().filter(([topic]) => topic.startsWith(`homeassistant/${component}/`));
      return texts
        .map(([, text]) => JSON.parse(Buffer.from(text, "latin1").toString()))
        .find((one) => one.name === name);
    };
    const state = (name: string, component = "sensor") =>
      heard.get(config(name, component)?.state_topic ?? "");
    try {
      await waitUntil(() => configs().length >= 10 && state("Level") !== undefined, { what: "the entities" });
      for (const [topic, text] of configs()) {
        const [, component = ""] = topicPattern.exec(topic) ?? [];
        documented[component as keyof typeof documented].parse(
          JSON.parse(Buffer.from(text, "latin1").toString()),
        );
      }
      assert.equal(new Set(configs().map(([, text]) => JSON.parse(text).unique_id)).size, configs().length);
      assert.deepEqual(
        [state("Level"), state("Smoke"), state("Hottest"), state("Last digest")],
        ["none", "3", "31.5", "None"],
      );
      assert.deepEqual(
        [state("Motion", "binary_sensor"), state(`Alarm ${alarm.place}`, "binary_sensor")],
        ["OFF", "OFF"],
      );
      assert.ok(config("Level", "sensor").options.includes(record.verdict.level));
      await waitUntil(() => heard.get(config(null, "camera").topic) === "a picture", { what: "a picture" });

      const verdict = { ...record.verdict, by: "digest" as const, title: "Smoke in the kitchen".repeat(30) };
      const camera = { ...seen.cameras[0], name: "front-door", place: "front door", state: "up" as const };
      seen = { ...seen, alarms: [{ ...record, verdict }], cameras: [{ ...camera, isMoving: true }] };
      await waitUntil(() => state("Motion", "binary_sensor") === "ON", { what: "the motion" });
      assert.deepEqual(
        [state("Level"), state(`Alarm ${alarm.place}`, "binary_sensor")],
        [record.verdict.level, "ON"],
      );
      assert.ok((state("Last digest")?.length ?? 0) <= 255);

      const late = new Set<string>();
      const newcomer = await mqtt.connectAsync(broker.url);
      newcomer.on("message", (topic) => void late.add(topic));
      await newcomer.subscribeAsync("homeassistant/#");
      await waitUntil(() => late.size >= configs().length, { what: "the retained entities" });
      heard.clear();
      await newcomer.publishAsync("homeassistant/status", "online");
      await waitUntil(() => configs().length >= 10, { what: "everything again after its birth" });
      await newcomer.endAsync(true);
    } finally {
      await gateway.stop();
      await listener.endAsync(true);
    }
  });
});
