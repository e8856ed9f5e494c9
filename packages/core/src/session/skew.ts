/**
 * How far a device's clock is from ours, told from pairs of `occurredAt` (its clock) and `receivedAt` (ours).
 *
 * A sample's offset, `occurredAt - receivedAt`, is the skew minus the delay of the message, and no delay is negative.
 * So one sample with a positive offset proves that a clock runs ahead by at least that much. A negative offset proves
 * nothing by itself: the event may merely be late, and must then keep its time. A clock that runs behind is believed
 * only when three windows of receipts agree within a narrow band, which a backlog or a slow line never does.
 *
 * @example
 *   state = observe(state ?? unknownClock, { occurredAt, receivedAt });
 *   const corrected = correct(occurredAt, receivedAt, state);
 */
import { accept } from "../limits.ts";

export type SkewSample = { occurredAt: Date; receivedAt: Date };

/** Receipts of some minutes: when the first came (epoch ms) and the greatest and least offset among them (ms). */
type Window = { startMs: number; upperMs: number; lowerMs: number };

/** Plain JSON, a few hundred bytes: one per device. */
export type Skew = {
  /** Positive: the device's clock runs ahead of ours. 0 until something is known. */
  skewMs: number;
  windows: readonly Window[];
};

export const unknownClock: Skew = Object.freeze({ skewMs: 0, windows: Object.freeze([]) });

const windowMsMin = 10 * 60_000;
const windowsMax = 3;
/** Offsets this close together agree; a skew this small is left alone when it is negative. */
const toleranceMs = 5_000;
/** The door refuses what is further ahead. */
const aheadMsMax = accept.eventAheadMsMax;
/** A daylight-saving hour set wrongly, and a little; whatever is further behind is taken for lateness. */
const behindMsMax = 65 * 60_000;

function withSample(windows: readonly Window[], atMs: number, offsetMs: number): readonly Window[] {
  const newest = windows.at(-1);
  if (!newest || atMs - newest.startMs >= windowMsMin) {
    const opened = { startMs: atMs, upperMs: offsetMs, lowerMs: offsetMs };
    return [...windows, opened].slice(-windowsMax);
  }
  const widened = {
    startMs: newest.startMs,
    upperMs: Math.max(newest.upperMs, offsetMs),
    lowerMs: Math.min(newest.lowerMs, offsetMs),
  };
  return [...windows.slice(0, -1), widened];
}

/** The skew after a sample that the present belief cannot explain, else the present belief. */
function refuted(skewMs: number, offsetMs: number): number {
  if (offsetMs > Math.max(skewMs, 0)) return Math.min(offsetMs, aheadMsMax);
  if (skewMs < 0 && offsetMs > skewMs + toleranceMs) return 0;
  return skewMs;
}

/** What a full set of windows says, else the present belief. */
function settled(skewMs: number, windows: readonly Window[]): number {
  if (windows.length < windowsMax) return skewMs;
  const upperMs = Math.max(...windows.map((window) => window.upperMs));
  const lowerMs = Math.min(...windows.map((window) => window.lowerMs));
  const agree = upperMs - lowerMs <= toleranceMs;
  if (agree && upperMs >= -behindMsMax) return upperMs < 0 && upperMs > -toleranceMs ? 0 : upperMs;
  // A clock that was ahead and has been set right: half an hour in which no message came near the old skew.
  if (skewMs > 0 && upperMs < skewMs - toleranceMs) return Math.max(0, upperMs);
  return skewMs;
}

/** Folds one sample into what is known of the device's clock. Samples come in the order of their receipt. */
export function observe(state: Skew, { occurredAt, receivedAt }: SkewSample): Skew {
  const atMs = receivedAt.getTime();
  const offsetMs = occurredAt.getTime() - atMs;
  const windows = withSample(state.windows, atMs, offsetMs);
  const skewMs = Math.min(settled(refuted(state.skewMs, offsetMs), windows), aheadMsMax);
  return { skewMs, windows };
}

/** When the event occurred by our clock: shifted by the known skew, and never after its own receipt. */
export function correct(occurredAt: Date, receivedAt: Date, state: Skew): Date {
  return new Date(Math.min(occurredAt.getTime() - state.skewMs, receivedAt.getTime()));
}
