/** What a run has measured, in k6's terms: trends and rates by name. */

/** `time`: milliseconds. */
export type Metric =
  | { kind: "trend"; time: boolean; values: number[] }
  | { kind: "rate"; passes: number; total: number }
  | { kind: "counter"; count: number };

const metrics = new Map<string, Metric>();

export function trend(name: string, time: boolean): Extract<Metric, { kind: "trend" }> {
  return declare(name, { kind: "trend", time, values: [] });
}

export function rate(name: string): Extract<Metric, { kind: "rate" }> {
  return declare(name, { kind: "rate", passes: 0, total: 0 });
}

export function counter(name: string): Extract<Metric, { kind: "counter" }> {
  return declare(name, { kind: "counter", count: 0 });
}

function declare<M extends Metric>(name: string, fresh: M): M {
  const known = metrics.get(name);
  if (known && known.kind !== fresh.kind) throw new Error(`${name} is a ${known.kind}, not a ${fresh.kind}`);
  if (!known) metrics.set(name, fresh);
  return (known ?? fresh) as M;
}

export function all(): ReadonlyMap<string, Metric> {
  return metrics;
}

/** The value at `percent` (0..100), interpolated between neighbours as k6 does it. NaN without values. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (percent / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(rank)] ?? Number.NaN;
  const above = sorted[Math.ceil(rank)] ?? below;
  return below + (above - below) * (rank - Math.floor(rank));
}

function aggregate(metric: Metric, name: string): number {
  if (metric.kind === "counter") return name === "count" ? metric.count : Number.NaN;
  if (metric.kind === "rate") return name === "rate" ? metric.passes / metric.total : Number.NaN;
  const percent = /^p\((\d+(?:\.\d+)?)\)$/.exec(name)?.[1];
  if (percent) return percentile(metric.values, Number(percent));
  switch (name) {
    case "avg":
      return metric.values.reduce((sum, value) => sum + value, 0) / metric.values.length;
    case "med":
      return percentile(metric.values, 50);
    case "min":
      return percentile(metric.values, 0);
    case "max":
      return percentile(metric.values, 100);
    default:
      return Number.NaN;
  }
}

/**
 * Whether a threshold such as `p(95)<1000` or `rate==1` holds. One about a metric without a single value does not:
 * a test that measured nothing has not passed.
 */
export function holds(metricName: string, expression: string): { ok: boolean; value: number } {
  const parsed = /^(\S+?)\s*(<=|>=|==|<|>)\s*(\d+(?:\.\d+)?)$/.exec(expression);
  if (!parsed) throw new Error(`expected a threshold such as p(95)<500, got ${expression}`);
  const [, name = "", operator = "", bound = ""] = parsed;
  const metric = metrics.get(metricName);
  const value = metric ? aggregate(metric, name) : Number.NaN;
  const limit = Number(bound);
  const ok = {
    "<": value < limit,
    "<=": value <= limit,
    "==": value === limit,
    ">=": value >= limit,
    ">": value > limit,
  }[operator];
  return { ok: ok ?? false, value };
}
