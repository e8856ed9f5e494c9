import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  cameraPath,
  digestPath,
  gatewaysPath,
  ledgerPath,
  parse,
  questionsPath,
  runPath,
  runsPath,
  scenePath,
  sourcesPath,
} from "./route.ts";

const id = `dig_${"0".repeat(31)}7`;

describe("addresses", () => {
  it("leads to a digest and back to its address", () => {
    assert.deepEqual(parse(digestPath(id)), { page: "digest", id });
  });

  it("leads to this browser as a camera, and to what stands before one", () => {
    assert.deepEqual(parse(cameraPath), { page: "camera" });
    const deviceId = `dev_${"0".repeat(31)}7`;
    assert.deepEqual(parse(scenePath(deviceId)), { page: "scene", deviceId });
  });

  it("leads to the runs, and to one of them", () => {
    const runId = `run_${"0".repeat(31)}7`;
    assert.deepEqual(parse(runsPath), { page: "runs" });
    assert.deepEqual(parse(runPath(runId)), { page: "run", id: runId });
    assert.deepEqual(parse("/runs/7"), { page: "unknown" });
  });

  it("leads to questions, of all runs or of one, and to sources", () => {
    const run = `run_${"0".repeat(31)}7`;
    assert.deepEqual(parse(questionsPath()), { page: "questions", run: undefined });
    assert.deepEqual(parse(questionsPath(run)), { page: "questions", run });
    assert.deepEqual(parse("/questions/7"), { page: "unknown" });
    assert.deepEqual(parse(sourcesPath), { page: "sources" });
  });

  it("knows the first page, the gateways, the ledger and nothing else", () => {
    assert.deepEqual(parse("/"), { page: "home" });
    assert.deepEqual(parse(gatewaysPath), { page: "gateways" });
    assert.deepEqual(parse(ledgerPath), { page: "ledger" });
    assert.deepEqual(parse("/gateways/x"), { page: "unknown" });
    assert.deepEqual(parse("/digests/rev_1"), { page: "unknown" });
    assert.deepEqual(parse(`/digests/${id}/x`), { page: "unknown" });
  });
});
