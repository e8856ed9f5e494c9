/** What a gateway and its sensors say of themselves, in words. Pure. */
import type { Gateway, GatewaySensor } from "../api/contract.ts";

/** A gateway reports every minute; three missed reports are no accident. */
const silentMs = 3 * 60_000;

export function isSilent(gateway: Pick<Gateway, "reportedAt">, now: number): boolean {
  return now - Date.parse(gateway.reportedAt) > silentMs;
}

/** `31.2 °C`, `on`, `0.82` */
export function reading({ value, unit }: GatewaySensor["readings"][number]): string {
  if (unit === "on") return value > 0 ? "on" : "off";
  if (unit === "score") return value.toFixed(2);
  return `${Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1)} ${unit}`;
}

/** What a person has to know of a gateway; the worst first, and nothing where all is well. */
export function troubles({ report }: Pick<Gateway, "report">): string[] {
  const { outbox, disk, sensors, alarmsOpen, clockAheadMs } = report;
  const away = sensors.filter(({ state }) => state !== "online").length;
  const said: [boolean, string][] = [
    [alarmsOpen > 0, `${alarmsOpen} ${alarmsOpen === 1 ? "alarm" : "alarms"}`],
    [disk.full, "its disk is full"],
    [outbox.dropped > 0, `${outbox.dropped} events had no room`],
    [away > 0, `${away} of ${report.sensorCount} sensors not heard`],
    [outbox.kept > 0, `${outbox.kept} events on their way`],
    [clockAheadMs !== null && Math.abs(clockAheadMs) > 60_000, "its clock is wrong, and corrected"],
  ];
  return said.filter(([is]) => is).map(([, words]) => words);
}
