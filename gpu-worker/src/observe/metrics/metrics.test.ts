import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { createScriptedDetector } from "../../../testing/scripted-detector.ts";
import { createMetrics } from "./index.ts";
import { createQuantiles } from "./quantiles.ts";
import { createRates } from "./rate.ts";

describe("the metrics", () => {
  it("have the names that dashboards and scaling rules read", async () => {
    const detector = createScriptedDetector();
    const metrics = createMetrics({ profile: detector.profile, detectorStats: () => detector.stats() });
    metrics.batchOut();
    metrics.batchBack({ images: 4, ms: 120, waitMs: 3 });
    metrics.moment("reviewed");
    metrics.moment("early_exit");
    metrics.item("inspected");
    metrics.queueDepth(7);
    const { text } = await metrics.expose();
    for (const line of [
      "deep_batches_total 1",
      "deep_items_total 2",
      "deep_early_exits_total 1",
      "batch_p50_ms 120",
      "batch_p95_ms 120",
      "queue_depth_deep_jobs 7",
      'vigil_worker_moments_total{outcome="early_exit"} 1',
      'vigil_worker_run_items_total{outcome="inspected"} 1',
      'vigil_worker_profile{provider="scripted",model="scripted",precision="float32",lanes="2",threads="1",batch="4"} 1',
    ]) {
      assert.ok(text.split("\n").includes(line), `expected the line ${line}`);
    }
  });
});

describe("quantiles", () => {
  it("are values that were added, and half of the values lie at or below the median", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 100 }), (values) => {
        const quantiles = createQuantiles(100);
        for (const value of values) quantiles.add(value);
        const median = quantiles.at(0.5);
        assert.ok(values.includes(median));
        assert.ok(values.filter((value) => value <= median).length * 2 >= values.length);
      }),
    );
  });

  it("forget the oldest values", () => {
    const quantiles = createQuantiles(3);
    for (const value of [100, 1, 2, 3]) quantiles.add(value);
    assert.equal(quantiles.at(1), 3);
  });
});

describe("the rates", () => {
  it("count moments over the last half minute", () => {
    let now = 0;
    const rates = createRates(() => now);
    for (; now < 60_000; now += 100) rates.onMoment();
    assert.ok(Math.abs(rates.itemsPerSecond() - 10) < 0.5, String(rates.itemsPerSecond()));
    now += 60_000;
    assert.equal(rates.itemsPerSecond(), 0);
  });

  it("measure the capacity by detector time, so that idle time does not lower it", () => {
    let now = 0;
    const rates = createRates(() => now);
    assert.equal(rates.itemsPerSecondCapacity(), 0);
    for (let batch = 0; batch < 40; batch += 1) {
      rates.onBatchOut();
      now += 200;
      rates.onBatchBack(8);
      now += 10_000;
    }
    assert.equal(rates.itemsPerSecondCapacity(), 40);
  });

  it("count overlapping batches once", () => {
    let now = 0;
    const rates = createRates(() => now);
    rates.onBatchOut();
    for (let batch = 0; batch < 40; batch += 1) {
      rates.onBatchOut();
      now += 200;
      rates.onBatchBack(8);
    }
    assert.equal(rates.itemsPerSecondCapacity(), 40);
  });
});
