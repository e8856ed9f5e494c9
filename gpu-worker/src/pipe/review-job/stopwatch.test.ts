import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createStopwatch } from "./stopwatch.ts";

describe("the stopwatch of a review", () => {
  it("counts time once while several moments are in a stage", () => {
    let now = 0;
    const stopwatch = createStopwatch(() => now);
    const first = stopwatch.start("fetch");
    now = 10;
    const second = stopwatch.start("fetch");
    now = 30;
    first();
    first();
    now = 40;
    second();
    now = 100;
    const third = stopwatch.start("fetch");
    now = 105;
    third();
    assert.equal(stopwatch.ms("fetch"), 45);
    assert.equal(stopwatch.ms("decode"), 0);
  });

  it("counts work that failed too", async () => {
    let now = 0;
    const stopwatch = createStopwatch(() => now);
    const work = async () => {
      now = 7;
      throw new Error("no");
    };
    await assert.rejects(stopwatch.time("decode", work));
    assert.equal(stopwatch.ms("decode"), 7);
  });
});
