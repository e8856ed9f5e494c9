/**
 * How far a device's clock is from ours, told from pairs of `occurredAt` (its clock) and `receivedAt` (ours).
 *
 * A sample's offset, `occurredAt - receivedAt`, is the skew minus the delay of the message, and no delay is negative.
 * So a positive offset proves that a clock runs ahead by at least that much. A negative offset proves nothing by itself:
 * the event may merely be late, and must then keep its time. What tells the two apart is pace. A clock that is behind
 * counts seconds as ours does, so its messages are as far apart in its time as in their receipts. A backlog is sent much
 * faster, or slower, than it happened.
 *
 * @example
 *   const clock = observe(known ?? unknownClock, { occurredAt, receivedAt, eventId });
 *   const corrected = correct(occurredAt, receivedAt, clock);
 */
import { accept, session as limits } from "../limits.ts";

export type ClockSample = {
  occurredAt: Date;
  receivedAt: Date;
  /** Null: the event was refused, and only its clock was read. */
  eventId: string | null;
};

type Kept = { receivedMs: number; offsetMs: number; eventId: string | null };

/** Plain JSON, less than a kilobyte: one per device. */
export type Clock = {
  /** Positive: the device's clock runs ahead of ours. 0 until something is known. */
  skewMs: number;
  /** The newest samples in the order of their receipt. */
  samples: readonly Kept[];
  /** Since when the skew is believed, epoch ms; null while nothing is known. */
  sinceMs: number | null;
  /** The latest change of a skew that had been learned by more than drift. */
  jump: { atMs: number; fromMs: number; toMs: number } | null;
};

export const unknownClock: Clock = Object.freeze({
  skewMs: 0,
  samples: Object.freeze([]),
  sinceMs: null,
  jump: null,
});

/** So many messages in a row that agree are believed. */
const runLength = 3;
const samplesMax = 8;
/** A clock this little behind is not behind: messages take time, and where they take uneven times, more of it. */
const toleranceMs = 5_000;
const toleranceSpreads = 8;
/** Samples of one skew differ by the delays of their messages: by no more than this, and less where they came fast. */
const spreadMsMax = 30_000;
/** Of the time that the samples took to come. */
const spreadShare = 0.2;
const spreadMsMin = 20;
/** Receipts closer than this show no pace. */
const paceMsMin = 100;
/** No gateway keeps a backlog for a year: a clock so far behind needs no proof by its pace. Nor does one that is ahead. */
const backlogMsMax = 365 * 24 * 60 * 60_000;
/** Clocks that are proved wrong agree when they are as close together as this. */
const provedSpreadMsMax = 5 * 60_000;
/** A skew that changes by more has jumped; by less, it has drifted or is better known. */
const jumpMsMin = 60_000;

/** Folds one sample into what is known of the device's clock. Samples come in the order of their receipt. */
export function observe(known: Clock, { occurredAt, receivedAt, eventId }: ClockSample): Clock {
  const receivedMs = receivedAt.getTime();
  const offsetMs = occurredAt.getTime() - receivedMs;
  const samples = [...known.samples, { receivedMs, offsetMs, eventId }].slice(-samplesMax);
  const skewMs = agreed(samples, known.skewMs) ?? shown(known.skewMs, offsetMs);
  const changedMs = Math.abs(skewMs - known.skewMs);
  // The first samples of a device tell what its clock is; a jump needs something to jump from.
  const jumped = changedMs > jumpMsMin && known.samples.length >= runLength;
  return {
    skewMs,
    samples,
    sinceMs: known.sinceMs === null || changedMs > toleranceMs ? receivedMs : known.sinceMs,
    jump: jumped ? { atMs: receivedMs, fromMs: known.skewMs, toMs: skewMs } : known.jump,
  };
}

/** What the last samples agree on; undefined when they do not. */
function agreed(samples: readonly Kept[], knownMs: number): number | undefined {
  const run = samples.slice(-runLength);
  const [first, last] = [run[0], run.at(-1)];
  if (run.length < runLength || !first || !last) return undefined;
  const offsets = run.map((sample) => sample.offsetMs);
  const upperMs = Math.max(...offsets);
  const spreadMs = upperMs - Math.min(...offsets);
  const proved = Math.min(...offsets) > accept.eventAheadMsMax || upperMs < -backlogMsMax;
  if (!(proved && spreadMs <= provedSpreadMsMax)) {
    const tookMs = last.receivedMs - first.receivedMs;
    if (tookMs < paceMsMin || spreadMs > Math.min(spreadMsMax, spreadMsMin + tookMs * spreadShare)) {
      return undefined;
    }
  }
  if (upperMs >= 0 || -upperMs >= Math.max(toleranceMs, toleranceSpreads * spreadMs)) return upperMs;
  return knownMs < 0 && Math.abs(upperMs - knownMs) <= spreadMsMax ? knownMs : 0;
}

/** The skew after one sample: it may prove that the clock is further ahead, or that it is not as far behind. */
function shown(skewMs: number, offsetMs: number): number {
  const atLeastMs = Math.max(skewMs, 0);
  // What is further ahead than the door lets in is believed when the next ones agree.
  if (offsetMs > atLeastMs) return offsetMs - atLeastMs <= accept.eventAheadMsMax ? offsetMs : skewMs;
  if (skewMs >= 0 || offsetMs <= skewMs) return skewMs;
  return offsetMs <= skewMs + spreadMsMax ? offsetMs : 0;
}

/** When the event occurred by our clock: shifted by the known skew, and never after its own receipt. */
export function correct(occurredAt: Date, receivedAt: Date, { skewMs }: Pick<Clock, "skewMs">): Date {
  return new Date(Math.min(occurredAt.getTime() - skewMs, receivedAt.getTime()));
}

/**
 * The events before this one that were recorded under another belief, and that the new one explains: their times are
 * to be corrected. Empty unless the newest sample has changed the belief by more than messages differ.
 */
export function misdated(before: Clock, after: Clock): string[] {
  if (Math.abs(after.skewMs - before.skewMs) <= toleranceMs) return [];
  return after.samples.slice(0, -1).flatMap(({ offsetMs, eventId }) => {
    const apartMs = Math.abs(offsetMs - after.skewMs);
    return eventId !== null && apartMs <= provedSpreadMsMax && apartMs < Math.abs(offsetMs - before.skewMs)
      ? [eventId]
      : [];
  });
}

export type ClockState = "unknown" | "right" | "ahead" | "behind";

/** What an owner should know of the clock. */
export function stateOf({ skewMs, samples }: Clock): ClockState {
  if (Math.abs(skewMs) >= limits.clockOffMsMin) return skewMs > 0 ? "ahead" : "behind";
  return samples.length === 0 ? "unknown" : "right";
}
