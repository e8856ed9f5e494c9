import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { coalesce } from "./coalesce.ts";

/** Work that ends when it is told to. */
function gate() {
  const runs: { end: (value: number) => void; fail: (error: Error) => void }[] = [];
  const work = () => {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    runs.push({ end: resolve, fail: reject });
    return promise;
  };
  const started = async (count: number) => {
    while (runs.length < count) await Promise.resolve();
  };
  return { runs, work, started };
}

describe("coalesce", () => {
  it("gives all who ask during a run one further run, which begins after they asked", async () => {
    const { runs, work, started } = gate();
    const inTurn = coalesce<number>();
    const first = inTurn(work);
    await started(1);
    const others = Promise.all([inTurn(work), inTurn(work), inTurn(work)]);
    assert.equal(runs.length, 1);
    runs[0]?.end(1);
    assert.equal(await first, 1);
    await started(2);
    runs[1]?.end(2);
    assert.deepEqual(await others, [2, 2, 2]);
    assert.equal(runs.length, 2);
  });

  it("runs again after a failure, which only those meet who asked for that run", async () => {
    const { runs, work, started } = gate();
    const inTurn = coalesce<number>();
    const failing = inTurn(work);
    await started(1);
    const after = inTurn(work);
    runs[0]?.fail(new Error("broken"));
    await assert.rejects(failing, /broken/);
    await started(2);
    runs[1]?.end(2);
    assert.equal(await after, 2);
  });

  it("starts at once when nothing runs", async () => {
    const inTurn = coalesce<number>();
    assert.equal(await inTurn(() => Promise.resolve(1)), 1);
    assert.equal(await inTurn(() => Promise.resolve(2)), 2);
  });
});
