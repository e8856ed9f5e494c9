/** Prometheus rules and the Grafana dashboards, held against the metrics that Vigil really exposes. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import * as yaml from "yaml";
import { dashboards } from "../deploy/monitoring/dashboards.ts";
import { written } from "../deploy/monitoring/write.ts";
import { isInstalled } from "../deploy/testing/is-installed.ts";
import { apiMetricNames, workerMetricNames } from "../deploy/testing/metric-names.ts";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

type Rule = {
  record?: string;
  alert?: string;
  expr: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
};
const rules = ["rules.yml", "promises.yml"].flatMap((file) =>
  (yaml.parse(read(`deploy/prometheus/${file}`)) as { groups: { rules: Rule[] }[] }).groups.flatMap(
    (group) => group.rules,
  ),
);
const alerts = rules.filter(({ alert }) => alert !== undefined);
type RuleTest = { alert_rule_test?: { alertname: string; exp_alerts?: unknown[] }[] };
const tested = ["rules.test.yml", "promises.test.yml"].flatMap((file) =>
  (yaml.parse(read(`deploy/prometheus/${file}`)) as { tests: RuleTest[] }).tests.flatMap(
    (test) => test.alert_rule_test ?? [],
  ),
);
const panels = dashboards.flatMap(({ rows }) => rows.flatMap((row) => row.panels));
const expressions = [
  ...rules.map((rule) => rule.expr),
  ...panels.flatMap(({ queries }) => Object.values(queries)),
];

/** Metrics that PromQL names, as far as ours go: words with an underscore or a colon that are no label and no function. */
function namesIn(expression: string): string[] {
  const bare = expression.replaceAll(/\{[^}]*\}|\bby \([^)]*\)|"[^"]*"/g, " ");
  return [...bare.matchAll(/[a-z_:]*[_:][a-z_:0-9]+/g)]
    .map(([name]) => name)
    .filter((name) => !["clamp_min", "histogram_quantile"].includes(name));
}

const packages = { promtool: "apt install prometheus", amtool: "apt install prometheus-alertmanager" };

describe("monitoring", () => {
  it("asks only for metrics that the worker, the API or a rule provides", async () => {
    const recorded = rules.flatMap((rule) => rule.record ?? []);
    const known = new Set([...(await workerMetricNames()), ...(await apiMetricNames()), ...recorded]);
    for (const expression of expressions) {
      for (const name of namesIn(expression)) assert.ok(known.has(name), `${name} in ${expression}`);
    }
  });

  for (const name of [
    "deep_batches_total",
    "deep_items_total",
    "deep_early_exits_total",
    "batch_p50_ms",
    "batch_p95_ms",
    "queue_depth_deep_jobs",
  ]) {
    it(`shows ${name}`, () => {
      assert.ok(expressions.flatMap(namesIn).includes(name));
    });
  }

  it("is as `npm run monitoring` writes it", () => {
    for (const [file, text] of written()) {
      assert.equal(readFileSync(file, "utf8"), text, `${file}: run npm run monitoring`);
    }
  });

  it("gives each alert a severity, a test in which it fires and one in which it does not, and a page of the runbook", () => {
    const runbook = read("docs/runbook.md");
    for (const { alert = "", labels, annotations } of alerts) {
      assert.match(labels?.["severity"] ?? "", /^(page|ticket)$/, alert);
      const outcomes = tested.filter(({ alertname }) => alertname === alert);
      assert.ok(
        outcomes.some(({ exp_alerts: fired = [] }) => fired.length > 0),
        `${alert} never fires`,
      );
      assert.ok(
        outcomes.some(({ exp_alerts: fired = [] }) => fired.length === 0),
        `${alert} always fires`,
      );
      assert.equal(annotations?.["runbook"], `docs/runbook.md#${alert.toLowerCase()}`);
      assert.ok(runbook.includes(`\n### ${alert}\n`), `docs/runbook.md has no page for ${alert}`);
    }
  });

  it("has a page of the runbook for each alarm of the cloud, and none for what no longer is", () => {
    const alarms = [...read("infra/alarm.ts").matchAll(/alarm(?:Above|Silent)\(\s*"(\w+)"/g)].map(
      ([, name = ""]) => name,
    );
    assert.ok(alarms.length > 10);
    const pages = [...read("docs/runbook.md").matchAll(/^### (\w+)$/gm)].map(([, name = ""]) => name);
    assert.deepEqual(pages.toSorted(), [...alarms, ...alerts.map(({ alert = "" }) => alert)].toSorted());
  });

  for (const [program, ...check] of [
    ["promtool", "check", "rules", "deploy/prometheus/rules.yml", "deploy/prometheus/promises.yml"],
    ["promtool", "check", "config", "--syntax-only", "deploy/prometheus/prometheus.yml"],
    ["promtool", "test", "rules", "deploy/prometheus/rules.test.yml", "deploy/prometheus/promises.test.yml"],
    ["amtool", "check-config", "deploy/prometheus/alertmanager.yml"],
  ] as const) {
    const skip = !isInstalled(program) && `${program} is not installed (Debian: ${packages[program]})`;
    it(`satisfies ${program} ${check.slice(0, 2).join(" ")}`, { skip }, () => {
      execFileSync(program, check, { cwd: root, stdio: "pipe" });
    });
  }
});
