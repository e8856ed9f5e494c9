/** Whether a device has fallen silent. A gateway reports every few seconds; of a camera only its events are heard. */
import { device as limits } from "../limits.ts";

export type Heard = {
  /** When a gateway reported last; null for what is no gateway. */
  reportedAt: Date | null;
  /** When the device's newest event was received. */
  heardAt: Date | null;
  /** On how many of the days before that it was heard. */
  daysHeard: number;
};

/**
 * A gateway is silent after minutes. A camera that reports nearly every day is silent after a day without an event; of one
 * that seldom reports, silence says nothing.
 */
export function isSilent({ reportedAt, heardAt, daysHeard }: Heard, now: Date): boolean {
  if (reportedAt !== null) return now.getTime() - reportedAt.getTime() > limits.gatewaySilentMsMin;
  if (heardAt === null || daysHeard < limits.heardDaysMin) return false;
  return now.getTime() - heardAt.getTime() > limits.silentMsMin;
}
