import type { say } from "../../gateway/say.ts";
import { counted } from "../counted.ts";

export const gateway: typeof say = {
  pageTitle: "Vigil · Gateways",
  gateways: "Gateways",
  noGateway: "Noch hat sich kein Gateway gemeldet.",
  silent: (when) => `Nichts zu hören: zuletzt gemeldet ${when}`,
  reported: (when) => `Gemeldet ${when}`,
  reportedWithin: (when) => `gemeldet ${when}`,
  outbox: ({ heard, forwarded, refused, dropped, kept }, uptime, version) =>
    `${counted(heard, "Ereignis", "Ereignisse")} gehört: ${forwarded} weitergeleitet, ${refused} abgelehnt, ${dropped} verworfen, ${kept} warten. Läuft seit ${uptime}, Version ${version}.`,
  noSensor: "Kein Sensor hat sich mit ihm verbunden.",
  sensors: "Sensoren",
  sensor: "Sensor",
  place: "Ort",
  state: "Zustand",
  reconnects: "Neue Verbindungen",
  readings: "Messwerte",
  states: { online: "verbunden", silent: "stumm", offline: "getrennt" },
  on: "ein",
  off: "aus",
  alarms: (count) => counted(count, "Alarm", "Alarme"),
  diskFull: "der Speicher ist voll",
  noRoom: (count) =>
    count === 1 ? "ein Ereignis hatte keinen Platz" : `${count} Ereignisse hatten keinen Platz`,
  notHeard: (count, of) => `${count} von ${of} Sensoren nicht zu hören`,
  onTheirWay: (count) => `${counted(count, "Ereignis", "Ereignisse")} unterwegs`,
  clockWrong: "die Uhr geht falsch und wird korrigiert",
};
