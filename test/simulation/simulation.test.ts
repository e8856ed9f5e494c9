/** The quick form of the simulation (`npm run simulate` is the long one): a seed, its replay, and one planted fault. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { plantable } from "./planted.ts";
import { openStage, type Stage } from "./play.ts";
import { shrink } from "./shrink.ts";

const seed = 1;

describe("all of Vigil, lived through by a seed", () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  it("keeps its promises, whatever goes wrong, and the same seed is the same life", async () => {
    const { violations, traceHash, done } = await stage.play(seed);
    assert.deepEqual(violations, [], `npm run simulate -- --seed ${seed}`);
    assert.ok(done.events > 0);
    assert.equal((await stage.play(seed)).traceHash, traceHash);
  });

  it("catches what is planted, and makes the run small that does", async () => {
    const planted = plantable.find(({ name }) => name === "the outbox is not written");
    assert.ok(planted);
    const broken = await stage.play(seed, { planted });
    assert.ok(broken.violations.some(({ kind }) => kind === "ledger"));
    let rounds = 0;
    const { played } = await shrink(stage, broken, { planted, isStopped: () => (rounds += 1) > 2 });
    assert.ok(played.violations.some(({ kind }) => kind === "ledger"));
    const sizeOf = ({ plan }: typeof played) => plan.deeds.length + plan.faults.length;
    assert.ok(sizeOf(played) < sizeOf(broken));
  });
});
