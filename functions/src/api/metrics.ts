/** What operators watch. Read from the database at each scrape, so that it holds for all functions together. */
import { measureLoad, type Services } from "@vigil/core/flow";
import { tiers } from "@vigil/core/quota";
import * as Throttle from "@vigil/core/throttle";
import { Gauge, Registry } from "prom-client";

export async function renderMetrics(services: Services): Promise<{ body: string; contentType: string }> {
  const load = await measureLoad(services);
  const registry = new Registry();
  const gauge = (name: string, help: string, value: number) =>
    new Gauge({ name, help, registers: [registry] }).set(value);
  gauge("queue_depth_deep_jobs", "Deep-review jobs that have not ended, waiting or in flight.", load.jobs);
  gauge("deep_queue_depth_moments", "Moments of the jobs that have not ended.", load.moments);
  gauge("deep_overloaded", "1 while reviews are shrunk because of load.", Number(load.overload.overloaded));
  gauge(
    "deep_extra_batch_window_ms",
    "Milliseconds added to the worker's batch window.",
    Throttle.extraBatchWindowMs(load.overload),
  );
  gauge("deep_workers", "Workers that have reported lately.", load.workers);
  gauge("deep_items_per_second", "Images that these workers can look at in a second.", load.momentsPerSecond);
  const k = new Gauge({
    name: "deep_k_in_force",
    help: "Moments that a review asked for now would look at.",
    labelNames: ["tier"],
    registers: [registry],
  });
  for (const [tier, rules] of Object.entries(tiers)) {
    if (rules.allowance.kind === "none") continue;
    k.set(
      { tier },
      Throttle.kFor(load.overload, {
        tier: tier as keyof typeof tiers,
        idle: Throttle.isIdle(load.overload),
      }),
    );
  }
  const byQueue = new Gauge({
    name: "deep_queue_depth",
    help: "Deep-review jobs that have not ended, by queue.",
    labelNames: ["queue"],
    registers: [registry],
  });
  const oldest = new Gauge({
    name: "deep_queue_oldest_seconds",
    help: "Age of the oldest job that has not ended, by queue.",
    labelNames: ["queue"],
    registers: [registry],
  });
  for (const queue of ["priority", "standard"] as const) {
    const depth = load.depth.find((one) => one.queue === queue);
    byQueue.set({ queue }, depth?.jobs ?? 0);
    oldest.set(
      { queue },
      depth?.oldestAt ? Math.max(0, (services.clock.now().getTime() - depth.oldestAt.getTime()) / 1000) : 0,
    );
  }
  return { body: await registry.metrics(), contentType: registry.contentType };
}
