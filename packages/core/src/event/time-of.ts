/**
 * When an event happened, as far as its device's clock can be believed. Late events come from gateways that were offline;
 * events of the future, and of years ago, from clocks that are wrong.
 */
import { accept } from "../limits.ts";
import { problem } from "../problem.ts";

export type Timed = {
  reportedAt: Date;
  receivedAt: Date;
  /** `reportedAt` as far as the skew of the device's clock is known, and not after `receivedAt`. */
  correctedAt: Date;
  /** How far the clock is known to be ahead, negative: behind. */
  skewMs: number;
  lifeSafety: boolean;
};

/** `believed`: false where no time that the device can have meant is possible, so that it is the time of receipt. */
export type When = { occurredAt: Date; believed: boolean };

/**
 * What threatens a life is taken whatever its clock says.
 * @throws `event-in-future`, `event-too-old` when the time is impossible by the corrected clock
 */
export function timeOf({ reportedAt, receivedAt, correctedAt, skewMs, lifeSafety }: Timed): When {
  const aheadMs = reportedAt.getTime() - skewMs - receivedAt.getTime();
  const possible = aheadMs <= accept.eventAheadMsMax && -aheadMs <= accept.eventAgeMsMax;
  if (possible) return { occurredAt: correctedAt, believed: true };
  if (lifeSafety) return { occurredAt: receivedAt, believed: false };
  const got = `got ${reportedAt.toISOString()} at ${receivedAt.toISOString()}`;
  const next =
    "Set the device's clock; if it stays as it is, events are taken and corrected from the third in a row that is off by the same time.";
  throw aheadMs > 0
    ? problem(
        "event-in-future",
        `occurredAt must be at most ${accept.eventAheadMsMax / 60_000} minutes ahead, ${got}. ${next}`,
      )
    : problem(
        "event-too-old",
        `occurredAt must be at most ${accept.eventAgeMsMax / 86_400_000} days ago, ${got}. ${next}`,
      );
}
