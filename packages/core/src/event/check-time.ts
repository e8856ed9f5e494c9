/** Late events come from gateways that were offline; events of the future from clocks that are wrong. */
import { accept } from "../limits.ts";
import { problem } from "../problem.ts";

/** @throws `event-in-future`, `event-too-old` */
export function checkTime(reportedAt: Date, now: Date): void {
  const aheadMs = reportedAt.getTime() - now.getTime();
  if (aheadMs > accept.eventAheadMsMax) {
    throw problem(
      "event-in-future",
      `occurredAt must be at most ${accept.eventAheadMsMax / 60_000} minutes ahead of ${now.toISOString()}, got ${reportedAt.toISOString()}`,
    );
  }
  if (-aheadMs > accept.eventAgeMsMax) {
    throw problem(
      "event-too-old",
      `occurredAt must be at most ${accept.eventAgeMsMax / 86_400_000} days before ${now.toISOString()}, got ${reportedAt.toISOString()}`,
    );
  }
}
