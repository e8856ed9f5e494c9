import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { partsOf, stateWords } from "./run-words.ts";

describe("what is said of a run", () => {
  it("has parts that are together what was accepted, and none that is empty", () => {
    const run = { open: 3, ends: { inspected: 5, reused: 0, asked: 0, unreadable: 1, refused: 0, dead: 1 } };
    const parts = partsOf(run);
    assert.deepEqual(
      parts.map(({ name }) => name),
      ["inspected", "unreadable", "dead", "open"],
    );
    assert.equal(
      parts.reduce((sum, { count }) => sum + count, 0),
      10,
    );
  });

  it("says that a run is paused while it could go on, and which version it was sealed into", () => {
    assert.equal(stateWords({ state: "running", isPaused: true, manifestVersion: null }), "Paused.");
    assert.match(stateWords({ state: "review", isPaused: true, manifestVersion: null }), /^Done/);
    assert.match(stateWords({ state: "sealed", isPaused: false, manifestVersion: 4 }), /version 4/);
  });
});
