/** The names of the metrics that Vigil exposes, from what exposes them: rules and dashboards are held against these. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { createHttpMetrics } from "../../functions/src/api/http-metrics.ts";
import { createMetrics } from "../../gpu-worker/src/observe/metrics/index.ts";

/** Read from the API's source, because to serve them it would need a database; but for those of HTTP. */
export async function apiMetricNames(): Promise<Set<string>> {
  const source = readFileSync(
    path.resolve(import.meta.dirname, "../../functions/src/api/metrics.ts"),
    "utf8",
  );
  return new Set([
    ...(source.match(/(?<=")(?:deep|ledger|queue|runs)_[a-z_]+(?=")/g) ?? []),
    ...seriesIn(await createHttpMetrics().render()),
  ]);
}

/** Asked of a real registry. */
export async function workerMetricNames(): Promise<Set<string>> {
  const metrics = createMetrics({
    profile: {
      provider: "cpu",
      threads: 1,
      lanes: 1,
      batchMax: 8,
      model: { name: "none", precision: "float32" },
    },
    detectorStats: () => ({
      images: 0,
      errors: 0,
      runs: 0,
      laneRestarts: 0,
      poisoned: 0,
      inFlight: 0,
      isUsable: true,
    }),
  });
  return new Set(seriesIn((await metrics.expose()).text));
}

/** A histogram has three series. */
function seriesIn(exposed: string): string[] {
  return [...exposed.matchAll(/^# TYPE (\S+) (\S+)/gm)].flatMap(([, name = "", type]) =>
    type === "histogram" ? ["_bucket", "_sum", "_count"].map((suffix) => name + suffix) : [name],
  );
}
