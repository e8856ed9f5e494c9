/** The names of the metrics that Vigil exposes, from what exposes them: rules and dashboards are held against these. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { createMetrics } from "../../gpu-worker/src/observe/metrics/index.ts";

/** Read from the API's source: to serve them it would need a database. */
export function apiMetricNames(): Set<string> {
  const source = readFileSync(
    path.resolve(import.meta.dirname, "../../functions/src/api/metrics.ts"),
    "utf8",
  );
  return new Set(source.match(/(?<=")(?:deep|ledger|queue|runs)_[a-z_]+(?=")/g));
}

/** Asked of a real registry. A histogram has three series. */
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
  const { text } = await metrics.expose();
  return new Set(
    [...text.matchAll(/^# TYPE (\S+) (\S+)/gm)].flatMap(([, name = "", type]) =>
      type === "histogram" ? ["_bucket", "_sum", "_count"].map((suffix) => name + suffix) : [name],
    ),
  );
}
