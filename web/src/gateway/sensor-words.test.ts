import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Gateway } from "../api/contract.ts";
import { isSilent, reading, troubles } from "./sensor-words.ts";

const report: Gateway["report"] = {
  site: "shop-1",
  version: "0.1.0",
  uptimeSeconds: 60,
  clockAheadMs: 0,
  outbox: { kept: 0, keptUrgent: 0, heard: 2, forwarded: 2, refused: 0, dropped: 0 },
  disk: { freeBytes: 1e9, full: false },
  alarmsOpen: 0,
  sensorCount: 1,
  sensors: [],
};

describe("a gateway in words", () => {
  it("says nothing where all is well, and the worst first where it is not", () => {
    assert.deepEqual(troubles({ report }), []);
    const bad = { ...report, alarmsOpen: 1, outbox: { ...report.outbox, kept: 3 }, clockAheadMs: -90_000 };
    assert.deepEqual(troubles({ report: bad }), [
      "1 alarm",
      "3 events on their way",
      "its clock is wrong, and corrected",
    ]);
  });

  it("takes a gateway for silent after three missed reports", () => {
    const reportedAt = "2026-11-27T12:00:00Z";
    assert.equal(isSilent({ reportedAt }, Date.parse("2026-11-27T12:02:59Z")), false);
    assert.equal(isSilent({ reportedAt }, Date.parse("2026-11-27T12:03:01Z")), true);
  });

  it("shows readings with their units", () => {
    const said = [
      { channel: "thermal", value: 31.24, unit: "°C" },
      { channel: "gas", value: 412.3, unit: "ppm" },
      { channel: "flame_digital", value: 1, unit: "on" },
    ].map(reading);
    assert.deepEqual(said, ["31.2 °C", "412 ppm", "on"]);
  });
});
