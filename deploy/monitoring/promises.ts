/**
 * What subscribers are promised, as Prometheus can tell it: what share of something may go wrong, and how fast that budget may
 * be spent before somebody is told. Two windows each: the long one says that it matters, the short one that it still goes on
 * (Site Reliability Workbook, chapter 5: https://sre.google/workbook/alerting-on-slos/).
 *
 * That nothing is lost has no budget: the ledger's own alert tells it.
 */
import { review } from "@vigil/core/limits";
import { stringify } from "yaml";

type Promised = {
  name: string;
  title: string;
  /** The share that is to go well, over 30 days. */
  objective: number;
  /** Counters, as PromQL selects them: what went wrong is `all` without `good`, or `bad`. */
  all: string;
} & ({ good: string } | { bad: string });

const digestSecondsMax = review.digestMsMax / 1000;

export const promises: readonly Promised[] = [
  {
    name: "digest_in_time",
    title: `A digest within ${digestSecondsMax} s`,
    objective: 0.99,
    all: 'vigil_worker_review_seconds_count{job="vigil-worker"}',
    good: `vigil_worker_review_seconds_bucket{job="vigil-worker", le="${digestSecondsMax}"}`,
  },
  {
    name: "review_stored",
    title: "A review ends in a digest",
    objective: 0.995,
    // What is tried once more has not ended yet.
    all: 'vigil_worker_reviews_total{job="vigil-worker", result=~"stored|failed"}',
    bad: 'vigil_worker_reviews_total{job="vigil-worker", result="failed"}',
  },
  {
    name: "request_answered",
    title: "The API answers",
    objective: 0.999,
    all: 'http_requests_total{job="vigil-api"}',
    bad: 'http_requests_total{job="vigil-api", status=~"5.."}',
  },
];

/** How much faster than the budget allows, over which windows, and who is told. */
const burns = [
  { alert: "VigilPromiseBurnsFast", factor: 14.4, long: "1h", short: "5m", severity: "page" },
  { alert: "VigilPromiseBurns", factor: 6, long: "6h", short: "30m", severity: "page" },
  { alert: "VigilPromiseSpent", factor: 1, long: "3d", short: "6h", severity: "ticket" },
] as const;
/** One failure of a quiet night is no trend. */
const failuresMin = 3;

const windows = [...new Set(burns.flatMap(({ long, short }) => [short, long]))];

function wentWrong(one: Promised, window: string): string {
  if ("bad" in one) return `(sum(increase(${one.bad}[${window}])) or vector(0))`;
  return `(sum(increase(${one.all}[${window}])) - sum(increase(${one.good}[${window}])))`;
}

/** Rules of Prometheus, in YAML. */
export function writePromises(): string {
  const recorded = promises.flatMap((one) => [
    {
      record: "vigil:promise_budget:ratio",
      expr: `vector(${Number((1 - one.objective).toFixed(6))})`,
      labels: { promise: one.name },
    },
    ...windows.flatMap((window) => [
      {
        record: `vigil:promise_broken:increase${window}`,
        expr: wentWrong(one, window),
        labels: { promise: one.name },
      },
      {
        record: `vigil:promise_broken:ratio${window}`,
        expr: `${wentWrong(one, window)} / sum(increase(${one.all}[${window}]))`,
        labels: { promise: one.name },
      },
    ]),
  ]);
  const alerts = burns.map(({ alert, factor, long, short, severity }) => ({
    alert,
    expr: [
      `vigil:promise_broken:ratio${long} > on (promise) (${factor} * vigil:promise_budget:ratio)`,
      `and on (promise) vigil:promise_broken:ratio${short} > on (promise) (${factor} * vigil:promise_budget:ratio)`,
      `and on (promise) vigil:promise_broken:increase${long} >= ${failuresMin}`,
    ].join(" "),
    labels: { severity },
    annotations: {
      summary: `{{ $labels.promise }} is broken ${factor === 1 ? "more often than" : `${factor} times as often as`} it may be`,
      description: `Of the last ${long}, {{ $value | humanizePercentage }} went wrong, and it still does.`,
      runbook: `docs/runbook.md#${alert.toLowerCase()}`,
    },
  }));
  const head = "# Written by `npm run monitoring` from deploy/monitoring/promises.ts.\n";
  return `${head}${stringify(
    {
      groups: [
        { name: "vigil-promises", rules: recorded },
        { name: "vigil-promise-alerts", rules: alerts },
      ],
    },
    { lineWidth: 0 },
  )}`;
}
