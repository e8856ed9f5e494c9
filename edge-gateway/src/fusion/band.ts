/** One measured value against its thresholds, with a memory: how long it has been beyond them. */
import type { BandRule } from "./rules.ts";

export type Band = {
  take: (value: number, monotonicMs: number) => void;
  /** 0: none, 1: active, 2: decisive. */
  state: (monotonicMs: number) => 0 | 1 | 2;
  /** 0 to 1: 0.5 at `on`, 1 at `critical`. */
  strength: () => number;
  readonly value: number;
  readonly takenMs: number;
  /** Since when it has been beyond `on`. */
  readonly sinceMs: number;
};

const meanMs = 60_000;
const never = Number.NEGATIVE_INFINITY;

export function createBand(rule: BandRule, staleSeconds: number): Band {
  let value = Number.NaN;
  let takenMs = never;
  let onSince = Number.NaN;
  let criticalSince = Number.NaN;
  /** Of the last minute: cooking comes in gusts, what smoulders does not. */
  let mean = Number.NaN;
  let aloneSince = Number.NaN;
  let active = false;

  function take(next: number, monotonicMs: number): void {
    // After a gap nobody knows what was in between: durations begin anew.
    if (monotonicMs - takenMs > staleSeconds * 1_000) {
      onSince = criticalSince = Number.NaN;
      mean = aloneSince = Number.NaN;
      active = false;
    }
    const share = 1 - Math.exp((takenMs - monotonicMs) / meanMs);
    mean = mean >= 0 ? mean + (next - mean) * share : next;
    if (mean < rule.alone) aloneSince = Number.NaN;
    else if (!(aloneSince <= monotonicMs)) aloneSince = monotonicMs;
    value = next;
    takenMs = monotonicMs;
    if (next >= rule.on && !(onSince <= monotonicMs)) onSince = monotonicMs;
    if (next < (active ? rule.off : rule.on)) onSince = Number.NaN;
    if (next < rule.critical) criticalSince = Number.NaN;
    else if (!(criticalSince <= monotonicMs)) criticalSince = monotonicMs;
    active = onSince <= monotonicMs - rule.holdSeconds * 1_000;
  }

  return {
    take,
    state(monotonicMs) {
      if (!active || monotonicMs - takenMs > staleSeconds * 1_000) return 0;
      if (takenMs - criticalSince >= rule.decisiveSeconds * 1_000) return 2;
      return takenMs - aloneSince >= rule.aloneSeconds * 1_000 ? 2 : 1;
    },
    strength: () => {
      const span = rule.critical - rule.on;
      return Math.min(1, Math.max(0, 0.5 + 0.5 * (span > 0 ? (value - rule.on) / span : 1)));
    },
    get value() {
      return value;
    },
    get takenMs() {
      return takenMs;
    },
    get sinceMs() {
      return onSince;
    },
  };
}
