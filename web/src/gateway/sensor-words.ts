/** What a gateway and its sensors say of themselves, in words. Pure. */

import type { Gateway, GatewaySensor } from "../api/contract.ts";
import { number } from "../words/counted.ts";
import { say } from "./say.ts";

/** A gateway reports every minute; three missed reports are no accident. */
const silentMs = 3 * 60_000;

export function isSilent(gateway: Pick<Gateway, "reportedAt">, now: number): boolean {
  return now - Date.parse(gateway.reportedAt) > silentMs;
}

/** `31.2 °C`, `on`, `0.82` */
export function reading({ value, unit }: GatewaySensor["readings"][number]): string {
  if (unit === "on") return value > 0 ? say.on : say.off;
  if (unit === "score") return number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const digits = Math.abs(value) >= 100 ? 0 : 1;
  return `${number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false })} ${unit}`;
}

/** What a person has to know of a gateway; the worst first, and nothing where all is well. */
export function troubles({ report }: Pick<Gateway, "report">): string[] {
  const { outbox, disk, sensors, alarmsOpen, clockAheadMs } = report;
  const away = sensors.filter(({ state }) => state !== "online").length;
  const said: [boolean, string][] = [
    [alarmsOpen > 0, say.alarms(alarmsOpen)],
    [disk.full, say.diskFull],
    [outbox.dropped > 0, say.noRoom(outbox.dropped)],
    [away > 0, say.notHeard(away, report.sensorCount)],
    [outbox.kept > 0, say.onTheirWay(outbox.kept)],
    [clockAheadMs !== null && Math.abs(clockAheadMs) > 60_000, say.clockWrong],
  ];
  return said.filter(([is]) => is).map(([, words]) => words);
}
