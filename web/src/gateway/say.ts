/** Gateways and their sensors. */
import type { GatewaySensor } from "../api/contract.ts";
import { counted } from "../words/counted.ts";
import { spoken } from "../words/spoken.ts";

type Outbox = { heard: number; forwarded: number; refused: number; dropped: number; kept: number };

export const say = spoken("gateway", {
  pageTitle: "Vigil · Gateways",
  gateways: "Gateways",
  noGateway: "No gateway has reported yet.",
  silent: (when: string) => `Not heard of: last reported ${when}`,
  reported: (when: string) => `Reported ${when}`,
  reportedWithin: (when: string) => `reported ${when}`,
  outbox: ({ heard, forwarded, refused, dropped, kept }: Outbox, uptime: string, version: string) =>
    `Heard ${heard} events: ${forwarded} forwarded, ${refused} refused, ${dropped} dropped, ${kept} waiting. Up for ${uptime}, version ${version}.`,
  noSensor: "No sensor has connected to it.",
  sensors: "Sensors",
  sensor: "Sensor",
  place: "Place",
  state: "State",
  reconnects: "Reconnects",
  readings: "Readings",
  states: { online: "online", silent: "silent", offline: "offline" } satisfies Readonly<
    Record<GatewaySensor["state"], string>
  >,
  on: "on",
  off: "off",
  alarms: (count: number) => counted(count, "alarm", "alarms"),
  diskFull: "its disk is full",
  noRoom: (count: number) => `${count} events had no room`,
  notHeard: (count: number, of: number) => `${count} of ${of} sensors not heard`,
  onTheirWay: (count: number) => `${count} events on their way`,
  clockWrong: "its clock is wrong, and corrected",
});
