import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { patientClock } from "./patient-clock.ts";

describe("the patient clock", () => {
  it("goes as any other while there are processors enough, slower behind others, and never slower than a third", () => {
    let [now, load] = [0, 0];
    const clock = patientClock(
      () => now,
      () => load,
    );
    const after = (ms: number, at: number) => {
      const before = clock.ms;
      [now, load] = [now + ms, at];
      return Math.round(clock.ms - before);
    };
    assert.deepEqual([after(1_000, 0), after(1_000, 4)], [1_000, 1_000]);
    assert.deepEqual([after(1_000, 8), after(1_000, 12), after(1_000, 100)], [500, 333, 333]);
  });
});
