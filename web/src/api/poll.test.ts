import assert from "node:assert/strict";
import { describe, it, mock } from "node:test";
import { Refusal, Unreachable } from "./failure.ts";
import { poll, waitMs } from "./poll.ts";

/** Lets promises that are already settled run their continuations. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe("polling", () => {
  it("waits longer after each failure, up to half a minute", () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4, 60].map((failures) => waitMs(3_000, failures)),
      [3_000, 6_000, 12_000, 24_000, 30_000, 30_000],
    );
    assert.equal(waitMs(60_000, 5), 60_000);
  });

  it("asks on time, slows down while there is no answer, and recovers", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    let answers = true;
    const load = mock.fn(async () => {
      if (!answers) throw new Unreachable("no answer");
      return "value";
    });
    const onFailure = mock.fn();
    const asked = poll({ load, intervalMs: 1_000, onValue: () => undefined, onFailure });
    await settle();
    t.mock.timers.tick(1_000);
    await settle();
    assert.equal(load.mock.callCount(), 2);
    answers = false;
    t.mock.timers.tick(1_000);
    await settle();
    t.mock.timers.tick(1_999);
    await settle();
    assert.equal(load.mock.callCount(), 3);
    answers = true;
    t.mock.timers.tick(1);
    await settle();
    t.mock.timers.tick(1_000);
    await settle();
    assert.equal(load.mock.callCount(), 5);
    assert.equal(onFailure.mock.callCount(), 1);
    asked.stop();
  });

  it("has one request in flight however often it is asked to refresh", async () => {
    const answer = Promise.withResolvers<string>();
    const load = mock.fn(() => answer.promise);
    const onValue = mock.fn();
    const asked = poll({ load, intervalMs: 60_000, onValue, onFailure: () => undefined });
    const both = Promise.all([asked.refresh(), asked.refresh()]);
    assert.equal(load.mock.callCount(), 1);
    answer.resolve("value");
    await both;
    assert.equal(onValue.mock.callCount(), 1);
    asked.stop();
  });

  it("goes on slowly after a refusal, which asking again does not change", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const problem = { title: "", status: 404, detail: "", code: "not-found", requestId: "" };
    const load = mock.fn(() => Promise.reject(new Refusal(problem)));
    const asked = poll({ load, intervalMs: 1_000, onValue: () => undefined, onFailure: () => undefined });
    await settle();
    t.mock.timers.tick(29_999);
    await settle();
    assert.equal(load.mock.callCount(), 1);
    asked.stop();
  });

  it("says nothing after it was stopped", async () => {
    const answer = Promise.withResolvers<string>();
    const onValue = mock.fn();
    const asked = poll({
      load: () => answer.promise,
      intervalMs: 1_000,
      onValue,
      onFailure: onValue,
    });
    asked.stop();
    answer.resolve("late");
    await settle();
    assert.equal(onValue.mock.callCount(), 0);
  });
});
