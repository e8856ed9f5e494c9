import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createScriptedDetector } from "../../../testing/scripted-detector.ts";
import { createMetrics } from "../metrics/index.ts";
import { createHealth } from "./index.ts";
import { serveHealth } from "./serve.ts";

function setUp() {
  const state = { now: 0, hasWork: false, isUsable: true };
  const health = createHealth({
    stallMs: 1_000,
    hasWork: () => state.hasWork,
    detectorIsUsable: () => state.isUsable,
    now: () => state.now,
  });
  return { state, health };
}

describe("the health of a worker", () => {
  it("is good while idle, however long", () => {
    const { state, health } = setUp();
    state.now = 1e9;
    assert.deepEqual(health.check(), { ok: true, reason: "idle" });
  });

  it("turns bad when work is in hand and nothing ends, and good again with progress", () => {
    const { state, health } = setUp();
    state.hasWork = true;
    health.progressed();
    state.now = 1_001;
    assert.equal(health.check().ok, false);
    health.progressed();
    assert.deepEqual(health.check(), { ok: true, reason: "working" });
  });

  it("is bad without a detector", () => {
    const { state, health } = setUp();
    state.isUsable = false;
    assert.deepEqual(health.check(), { ok: false, reason: "the detector is down" });
  });

  it("is served with the metrics, and nothing else is", async () => {
    const { state, health } = setUp();
    const detector = createScriptedDetector();
    const metrics = createMetrics({ profile: detector.profile, detectorStats: () => detector.stats() });
    const server = await serveHealth({ host: "127.0.0.1", port: 0, metrics, health });
    const get = async (path: string) => {
      const answer = await fetch(new URL(path, server.metricsUrl));
      return { status: answer.status, text: await answer.text() };
    };
    assert.match((await get("/metrics")).text, /^deep_batches_total 0$/m);
    assert.deepEqual(await get("/healthz"), { status: 200, text: '{"status":"ok","reason":"idle"}' });
    state.isUsable = false;
    assert.equal((await get("/healthz")).status, 503);
    assert.equal((await get("/")).status, 404);
    await server.close();
  });
});
