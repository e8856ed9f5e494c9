/**
 * The flame sensor's two inputs. Which level means "no flame" differs from device to device, so it is learned: the
 * analogue input's usual level and stray, and the level at which the switched input rests. Until it was, the
 * first level that came is taken for rest, and another one counts beside other evidence only (`place-judge.ts`).
 */
import type { FusionRules } from "./rules.ts";

export type FlameMemory = { idlePercent: number; strayPercent: number; restsAt: 0 | 1; sign: -1 | 0 | 1 };

export type FlameSensor = {
  /** Either may be NaN: the device has no such input. */
  take: (percent: number, digital: number, monotonicMs: number) => void;
  state: (monotonicMs: number) => 0 | 1 | 2;
  strength: () => number;
  readonly isSwitched: boolean;
  readonly awayPercent: number;
  readonly percent: number;
  readonly digital: number;
  readonly sinceMs: number;
  readonly takenMs: number;
  /** What was learned; undefined until it was. */
  readonly memory: FlameMemory | undefined;
};

const followPercentPerSecond = 0.02;
const strayMin = 0.3;
const flickerReadings = 8;
const restShare = 0.95;

export function createFlameSensor(
  rule: FusionRules["flame"],
  staleSeconds: number,
  learned: FlameMemory | undefined,
): FlameSensor {
  let memory = learned ? { ...learned } : undefined;
  const first: { percent: number; digital: number }[] = [];
  let firstDigital: number | undefined;
  const recent = new Float64Array(flickerReadings);
  let count = 0;
  let [percent, digital, away] = [Number.NaN, Number.NaN, 0];
  /** Since when it has said so, and the latest reading that did. */
  let [sinceMs, saidMs, takenMs] = [Number.NaN, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let switched = false;

  function learn(): void {
    first.push({ percent, digital });
    if (first.length < rule.learnReadings) return;
    const levels = first.map((one) => one.percent).filter((value) => value >= 0);
    const idle = medianOf(levels);
    const ones = first.filter((one) => one.digital === 1).length;
    const settled = ones <= first.length * (1 - restShare) || ones >= first.length * restShare;
    // An input that changes all the time has no rest yet: go on listening.
    if (settled) {
      const stray = 1.4826 * medianOf(levels.map((level) => Math.abs(level - idle)));
      const restsAt = ones * 2 > first.length ? 1 : 0;
      memory = { idlePercent: idle, strayPercent: Math.max(strayMin, stray), restsAt, sign: 0 };
    }
    first.length = 0;
  }

  /** Follows slow drift, and learns which way the level goes when the switched input says "flame". */
  function follow(known: FlameMemory, seconds: number): void {
    const off = percent - known.idlePercent;
    if (!(Math.abs(off) >= 0)) return;
    known.idlePercent += Math.sign(off) * Math.min(followPercentPerSecond * seconds, Math.abs(off));
    const step = (Math.abs(off) * 1.4826 > known.strayPercent ? 0.005 : -0.005) * seconds;
    known.strayPercent = Math.min(10, Math.max(strayMin, known.strayPercent + step));
    if (switched && Math.abs(off) >= rule.awayPercent) known.sign = off > 0 ? 1 : -1;
  }

  function take(nextPercent: number, nextDigital: number, monotonicMs: number): void {
    if (monotonicMs - takenMs > staleSeconds * 1_000) {
      sinceMs = Number.NaN;
      count = 0;
    }
    const seconds = Math.min(1, (monotonicMs - takenMs) / 1_000);
    takenMs = monotonicMs;
    percent = nextPercent;
    digital = nextDigital;
    recent[count++ % flickerReadings] = nextPercent;
    if (nextDigital >= 0) firstDigital ??= nextDigital;
    if (!memory) learn();
    switched = nextDigital >= 0 && nextDigital !== (memory?.restsAt ?? firstDigital);
    away = 0;
    if (memory && nextPercent >= 0) {
      const off = nextPercent - memory.idlePercent;
      const isOtherWay = memory.sign !== 0 && Math.sign(off) !== memory.sign;
      away = isOtherWay || Math.abs(off) < rule.awayStrays * memory.strayPercent ? 0 : Math.abs(off);
    }
    const says = switched || away >= rule.awayPercent;
    if (says) {
      saidMs = monotonicMs;
      if (!(sinceMs <= monotonicMs)) sinceMs = monotonicMs;
    } else if (monotonicMs - saidMs > rule.gapSeconds * 1_000) sinceMs = Number.NaN;
    if (memory) follow(memory, seconds);
  }

  const readingAt = (index: number) => recent[index % flickerReadings] ?? 0;

  /** The level went to and fro: the way that it came, less how far it got. The sun rises steadily, and stays. */
  function flickers(): boolean {
    if (count < flickerReadings) return false;
    let path = 0;
    for (let index = count - flickerReadings + 1; index < count; index++) {
      path += Math.abs(readingAt(index) - readingAt(index - 1));
    }
    const way = Math.abs(readingAt(count - 1) - readingAt(count - flickerReadings));
    return path - way >= Math.max(rule.flickerPercent, rule.flickerShare * away);
  }

  return {
    take,
    state(monotonicMs) {
      const isStale = monotonicMs - takenMs > staleSeconds * 1_000;
      if (isStale || !(saidMs - sinceMs >= rule.holdSeconds * 1_000)) return 0;
      const both = switched && away >= rule.awayPercent;
      return both && flickers() && saidMs - sinceMs >= rule.decisiveSeconds * 1_000 ? 2 : 1;
    },
    strength: () => (switched && away >= rule.awayPercent ? 1 : 0.6),
    get isSwitched() {
      return switched;
    },
    get awayPercent() {
      return away;
    },
    get percent() {
      return percent;
    },
    get digital() {
      return digital;
    },
    get sinceMs() {
      return sinceMs;
    },
    get takenMs() {
      return takenMs;
    },
    get memory() {
      return memory;
    },
  };
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
