/** When k6's executors start iterations. Pure. */

/** The executors that the scenarios of this folder use, with what k6 asks of each. */
export type Scenario =
  | { executor: "per-vu-iterations"; vus: number; iterations: number }
  | ({ executor: "constant-arrival-rate"; rate: number; duration: string } & Arriving)
  | ({
      executor: "ramping-arrival-rate";
      startRate: number;
      stages: readonly { target: number; duration: string }[];
    } & Arriving);

type Arriving = { timeUnit: string; preAllocatedVUs: number; maxVUs: number };

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `1m30s` is 90,000. */
export function durationMs(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text) {
    throw new Error(`expected a duration such as 1m30s, got ${text}`);
  }
  return parts.reduce((sum, [, amount, unit = ""]) => sum + Number(amount) * (unitMs[unit] ?? Number.NaN), 0);
}

/** @returns when each iteration starts, in milliseconds from the beginning, of the executors by which iterations arrive */
export function arrivalsOf(scenario: Exclude<Scenario, { executor: "per-vu-iterations" }>): number[] {
  const unit = durationMs(scenario.timeUnit);
  const stages =
    scenario.executor === "ramping-arrival-rate"
      ? scenario.stages
      : [{ target: scenario.rate, duration: scenario.duration }];
  let rate = scenario.executor === "ramping-arrival-rate" ? scenario.startRate : scenario.rate;
  const arrivals: number[] = [];
  let [beginMs, due] = [0, 0];
  for (const { target, duration } of stages) {
    const lengthMs = durationMs(duration);
    // Iterations in the first t ms of a stage: rate * t + (target - rate) * t * t / (2 * length), in units of time.
    const slope = (target - rate) / lengthMs;
    const within = (rate * lengthMs + (slope * lengthMs * lengthMs) / 2) / unit;
    for (; arrivals.length < due + within - 1e-9; ) {
      arrivals.push(beginMs + timeOf((arrivals.length - due) * unit, rate, slope));
    }
    due += within;
    beginMs += lengthMs;
    rate = target;
  }
  return arrivals;
}

/** When `rate * t + slope * t * t / 2` is `wanted`. */
function timeOf(wanted: number, rate: number, slope: number): number {
  return Math.abs(slope) < 1e-12
    ? wanted / rate
    : (-rate + Math.sqrt(Math.max(0, rate * rate + 2 * slope * wanted))) / slope;
}
