/** What Home Assistant is shown of a site, as its MQTT discovery wants it (home-assistant.io/integrations/mqtt). */
import { createHash } from "node:crypto";
import { levels, rank } from "@vigil/core/level";
import type { AlarmRecord } from "../alarm/alarm-record.ts";
import type { CameraState } from "../cameras/index.ts";
import type { Channel, DeviceState, Reading } from "../sensing-words.ts";

export type Seen = {
  devices: readonly Pick<DeviceState, "device" | "place" | "state" | "readings">[];
  cameras: readonly Pick<CameraState, "name" | "place" | "state" | "isMoving">[];
  /** Newest first. */
  alarms: readonly AlarmRecord[];
};

export type Entity = {
  component: "sensor" | "binary_sensor" | "camera";
  /** Unlike that of every other entity of the site. */
  id: string;
  config: Record<string, unknown>;
  /** Undefined for a camera, whose state is a picture. */
  state?: string;
  attributes?: Record<string, unknown>;
};

type Device = Record<string, unknown>;

const stateCharactersMax = 255;
const onOff = (is: boolean) => (is ? "ON" : "OFF");
/** What Home Assistant takes for unknown. */
const unknown = "None";

/** Of any name: what an id may be made of, and unlike that of any other name. */
function idOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .slice(0, 40);
  return `${plain}_${createHash("sha256").update(name).digest("hex").slice(0, 8)}`;
}

type Measure = { name: string; step: number; config: Record<string, unknown> };
const measurement = { state_class: "measurement" };
const measures: Partial<Record<Channel, Measure>> = {
  smoke: { name: "Smoke", step: 1, config: { ...measurement, unit_of_measurement: "%" } },
  gas: { name: "Gas", step: 10, config: { ...measurement, unit_of_measurement: "ppm" } },
  thermal: {
    name: "Hottest",
    step: 0.5,
    config: { ...measurement, unit_of_measurement: "°C", device_class: "temperature" },
  },
};

function siteEntities({ alarms }: Seen, device: Device): Entity[] {
  const open = alarms.filter(({ state }) => state !== "cleared").map(({ verdict }) => verdict.level);
  const [highest] = open.toSorted((a, b) => rank(b) - rank(a));
  const digest = alarms.find(({ verdict }) => verdict.by === "digest");
  return [
    {
      component: "sensor",
      id: "level",
      config: { name: "Level", device, device_class: "enum", options: ["none", ...levels] },
      state: highest ?? "none",
    },
    {
      component: "sensor",
      id: "last_digest",
      config: { name: "Last digest", device },
      state: digest?.verdict.title.slice(0, stateCharactersMax) || unknown,
      attributes: digest
        ? {
            summary: digest.verdict.summary,
            level: digest.verdict.level,
            place: digest.place,
            at: digest.changedAt,
          }
        : {},
    },
  ];
}

function placeEntities({ devices, cameras, alarms }: Seen, device: Device): Entity[] {
  const places = new Set([...devices, ...cameras, ...alarms].map(({ place }) => place));
  const open = new Set(alarms.filter(({ state }) => state !== "cleared").map(({ place }) => place));
  return [...places].map((place) => ({
    component: "binary_sensor",
    id: `alarm_${idOf(place)}`,
    config: { name: `Alarm ${place}`, device, device_class: "safety" },
    state: onOff(open.has(place)),
  }));
}

function readingEntity(id: string, device: Device, { channel, value }: Reading): Entity[] {
  const measure = measures[channel];
  if (!measure) return [];
  const { name, step, config } = measure;
  const state = String(Math.round(value / step) * step);
  return [{ component: "sensor", id: `${channel}_${id}`, config: { name, device, ...config }, state }];
}

const connectivity = (id: string, device: Device, is: boolean): Entity => ({
  component: "binary_sensor",
  id: `connected_${id}`,
  config: { name: "Connected", device, device_class: "connectivity", entity_category: "diagnostic" },
  state: onOff(is),
});

/** @param site names the gateway's own device in Home Assistant */
export function entitiesOf(seen: Seen, site: string): Entity[] {
  const gateway = `vigil_${site}`;
  const own = { identifiers: [gateway], name: `Vigil ${site}`, manufacturer: "Vigil", model: "Edge gateway" };
  const below = (id: string, name: string, place: string, model: string): Device => ({
    identifiers: [`${gateway}_${id}`],
    name,
    manufacturer: "Vigil",
    model,
    via_device: gateway,
    suggested_area: place,
  });
  return [
    ...siteEntities(seen, own),
    ...placeEntities(seen, own),
    ...seen.devices.flatMap(({ device: name, place, state, readings }) => {
      const id = `sensor_${idOf(name)}`;
      const device = below(id, name, place, "Sensor");
      return [
        connectivity(id, device, state === "online"),
        ...readings.flatMap((one) => readingEntity(id, device, one)),
      ];
    }),
    ...seen.cameras.flatMap(({ name, place, state, isMoving }): Entity[] => {
      const id = `camera_${idOf(name)}`;
      const device = below(id, name, place, "Camera");
      const motion = { name: "Motion", device, device_class: "motion" };
      return [
        connectivity(id, device, state === "up"),
        { component: "binary_sensor", id: `motion_${id}`, config: motion, state: onOff(isMoving) },
        { component: "camera", id, config: { name: null, device } },
      ];
    }),
  ];
}
