import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createLog } from "./log.ts";
import { createParts } from "./shutdown.ts";

const log = createLog({ level: "silent" });

describe("the shutdown", () => {
  it("stops the parts in the opposite order of their start, each once", async () => {
    const stopped: string[] = [];
    const parts = createParts(log, 1_000);
    for (const name of ["store", "forward", "sensing"]) parts.add(name, () => void stopped.push(name));
    await parts.stop();
    await parts.stop();
    assert.deepEqual(stopped, ["sensing", "forward", "store"]);
  });

  it("leaves behind what fails or hangs, and still stops the store in time", async () => {
    const stopped: string[] = [];
    const parts = createParts(log, 300);
    parts.add("store", () => void stopped.push("store"));
    parts.add("hangs", () => new Promise(() => undefined));
    parts.add("fails", () => Promise.reject(new Error("no")));
    const startMs = performance.now();
    await parts.stop();
    assert.deepEqual(stopped, ["store"]);
    assert.ok(performance.now() - startMs < 30_000);
  });
});
