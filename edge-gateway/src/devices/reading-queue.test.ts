import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createReadingQueue } from "./reading-queue.ts";

const batchOf = 2_000;
const owner = { device: "S1", place: "kitchen", dropped: 0 };

describe("readings on their way", () => {
  it("are the receiver's own until it is done, and the same objects are lent again then", async () => {
    const lent: (readonly { value: number }[])[] = [];
    const done: (() => void)[] = [];
    const queue = createReadingQueue({
      onReading(batch) {
        lent.push(batch);
        return new Promise((resolve) => done.push(resolve));
      },
      onRefused: (error) => assert.fail(String(error)),
      wallMsAt: (ms) => ms + 1_000,
    });
    for (let index = 0; index < 2 * batchOf; index++) queue.push(owner, "smoke", index, index);
    const [first] = lent;
    assert.equal(lent.length, 1);
    assert.deepEqual([first?.[0]?.value, first?.at(-1)?.value], [0, batchOf - 1]);
    done[0]?.();
    const closed = queue.close();
    await new Promise((resolve) => setImmediate(resolve));
    done[1]?.();
    await closed;
    assert.equal(lent[1]?.[0]?.value, batchOf);
    assert.equal(lent[1]?.[0], first?.[0]);
    assert.equal(owner.dropped, 0);
  });

  it("are dropped oldest first when nobody takes them, and counted for whose they were", async () => {
    let release = () => {};
    const owners = [
      { device: "S1", place: "kitchen", dropped: 0 },
      { device: "S2", place: "hall", dropped: 0 },
    ] as const;
    const values: number[] = [];
    const queue = createReadingQueue({
      onReading(batch) {
        const isFirst = values.length === 0;
        values.push(...batch.map(({ value }) => value));
        return isFirst ? new Promise((resolve) => (release = resolve)) : undefined;
      },
      onRefused: (error) => assert.fail(String(error)),
      wallMsAt: (ms) => ms,
    });
    for (let index = 0; index < 12_100; index++) queue.push(owners[index < 2_050 ? 0 : 1], "gas", index, 0);
    assert.deepEqual([owners[0].dropped, owners[1].dropped, queue.waiting], [50, 50, 10_000]);
    release();
    await queue.close();
    assert.equal(values.length, 12_000);
    assert.deepEqual([values[2_000], values.at(-1)], [2_100, 12_099]);
  });
});
