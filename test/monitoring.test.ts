/** Prometheus rules and the Grafana dashboard, held against the metrics that Vigil really exposes. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import * as yaml from "yaml";
import { isInstalled } from "../deploy/testing/is-installed.ts";
import { apiMetricNames, workerMetricNames } from "../deploy/testing/metric-names.ts";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

type Rule = { record?: string; alert?: string; expr: string; labels?: Record<string, string> };
const rules = (
  yaml.parse(read("deploy/prometheus/rules.yml")) as { groups: { rules: Rule[] }[] }
).groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(read("deploy/grafana/deep-reviews.json")) as {
  panels: { id: number; targets?: { expr: string }[] }[];
};
const expressions = [
  ...rules.map((rule) => rule.expr),
  ...dashboard.panels.flatMap((panel) => panel.targets?.map((target) => target.expr) ?? []),
];

/** Metrics that PromQL names, as far as ours go: words with an underscore or a colon that are no label and no function. */
function namesIn(expression: string): string[] {
  const bare = expression.replaceAll(/\{[^}]*\}|\bby \([^)]*\)|"[^"]*"/g, " ");
  return [...bare.matchAll(/[a-z_:]*[_:][a-z_:0-9]+/g)]
    .map(([name]) => name)
    .filter((name) => !["clamp_min", "histogram_quantile"].includes(name));
}

const promtool = isInstalled("promtool")
  ? { skip: false }
  : { skip: "promtool is not installed (Debian: apt install prometheus)" };

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

  it("gives each panel an id of its own, and each alert a severity", () => {
    const ids = dashboard.panels.map((panel) => panel.id);
    assert.equal(new Set(ids).size, ids.length);
    for (const rule of rules.filter((each) => each.alert)) {
      assert.match(rule.labels?.["severity"] ?? "", /^(page|ticket)$/, rule.alert);
    }
  });

  for (const check of [
    ["check", "rules", "deploy/prometheus/rules.yml"],
    ["check", "config", "--syntax-only", "deploy/prometheus/prometheus.yml"],
    ["test", "rules", "deploy/prometheus/rules.test.yml"],
  ]) {
    it(`satisfies promtool ${check.slice(0, 2).join(" ")}`, promtool, () => {
      execFileSync("promtool", check, { cwd: root, stdio: "pipe" });
    });
  }
});
