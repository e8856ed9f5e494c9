/** Somebody on the site who wants to know of alarms at once. */
import type { AlarmRecord } from "../alarm/alarm-record.ts";

export type SinkCounters = {
  delivered: number;
  /** Given up after their attempts, or because too many waited. */
  lost: number;
  /** Under way or waiting for another attempt. */
  waiting: number;
};

/** `state`: it opened, rose or cleared. `verdict`: only what the cloud makes of it is new. */
export type Change = "state" | "verdict";

export interface AlarmSink {
  readonly name: string;
  /** Returns at once and never throws: a sink that is slow or gone holds up nobody. */
  tell(alarm: AlarmRecord, change: Change): void;
  counters(): SinkCounters;
  /** Tells what waits, as far as it can at once, and lets go. */
  stop(): Promise<void>;
}
