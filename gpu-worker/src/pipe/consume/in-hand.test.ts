import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { makeJob, makeMoment } from "../../../testing/make-job.ts";
import type { Settlement } from "../report/index.ts";
import type { HeldMessage } from "./hold.ts";
import { createInHand, type InHand } from "./in-hand.ts";

const moment = makeMoment({
  url: "http://host/a",
  expiresAt: new Date().toISOString(),
  bytes: new Uint8Array(1),
});

function heldMessage(receiveCount: number): HeldMessage {
  return {
    message: { id: "1", body: "", receiptHandle: "", receiveCount, sentAt: new Date(0) },
    delete: async () => undefined,
    release: async () => undefined,
    leave: () => undefined,
  };
}

function createWorld() {
  const working = new Map<string, (settlement: Settlement) => void>();
  const inHand: InHand = createInHand({
    momentsMax: 10,
    work: ({ reviewId }) => new Promise((resolve) => working.set(reviewId, resolve)),
    onChange: () => undefined,
  });
  return {
    inHand,
    get working() {
      return [...working.keys()];
    },
    take(receiveCount: number): string {
      const job = makeJob([moment]);
      inHand.take(job, heldMessage(receiveCount));
      return job.reviewId;
    },
    async end(reviewId: string): Promise<void> {
      working.get(reviewId)?.({ message: "delete", result: "stored" });
      working.delete(reviewId);
      await new Promise(setImmediate);
    },
    /** Whether there is room now. */
    async hasRoom(): Promise<boolean> {
      return Promise.race([
        inHand.room().then(() => true),
        new Promise<boolean>((resolve) => setImmediate(() => setImmediate(() => resolve(false)))),
      ]);
    },
  };
}

describe("the jobs in hand", () => {
  it("are worked side by side at their first receive", async () => {
    const world = createWorld();
    const [one, two] = [world.take(1), world.take(1)];
    assert.deepEqual(world.working, [one, two]);
    assert.ok(await world.hasRoom());
  });

  it("are worked alone from their second receive on", async () => {
    const world = createWorld();
    const first = world.take(1);
    const again = world.take(2);
    assert.deepEqual(world.working, [first], "it waits for what is in hand");
    assert.ok(!(await world.hasRoom()), "and nothing is taken beside it");
    await world.end(first);
    assert.deepEqual(world.working, [again]);
    assert.ok(!(await world.hasRoom()));
    await world.end(again);
    assert.ok(await world.hasRoom());
  });
});
