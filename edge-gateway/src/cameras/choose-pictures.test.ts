import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { chooseTelling, createHappeningWatch } from "./choose-pictures.ts";

const picture = (atMs: number, telling: number) => ({ bytes: Buffer.from([telling]), atMs, telling });

describe("a happening before a camera", () => {
  it("is told by the pictures that show the most of it, of different moments, in their order", () => {
    const pictures = [
      picture(0, 1),
      picture(500, 9),
      picture(1_000, 8),
      picture(2_000, 5),
      picture(9_000, 2),
    ];
    assert.deepEqual(
      chooseTelling(pictures, 3).map(({ atMs }) => atMs),
      [500, 2_000, 9_000],
    );
  });

  it("is one, however long it takes and often it pauses; and it has pictures from before it began", () => {
    const watch = createHappeningWatch();
    const told: { at: number; pictures: number[] }[] = [];
    for (let at = 0; at < 120_000; at += 500) {
      const moves = (at > 5_000 && at < 9_000) || (at > 15_000 && at < 30_000);
      const happening = watch.look(moves ? [1, 2] : [], at);
      if (happening) told.push({ at, pictures: happening.pictures.map(({ atMs }) => atMs) });
      watch.picture(Buffer.alloc(1), at);
    }
    assert.equal(told.length, 1);
    assert.ok((told[0]?.pictures.length ?? 0) >= 2);
    assert.equal(watch.isOpen, false);
  });

  it("that is short is told when it is over, and one that goes on, again after five minutes", () => {
    const short = createHappeningWatch();
    short.picture(Buffer.alloc(1), 0);
    assert.equal(short.look([1], 100), undefined);
    assert.equal(short.look([], 5_000), undefined);
    assert.ok(short.look([], 13_000));
    const long = createHappeningWatch();
    let count = 0;
    for (let at = 0; at < 11 * 60_000; at += 500) {
      long.picture(Buffer.alloc(1), at);
      if (long.look([1], at)) count++;
    }
    assert.equal(count, 3);
  });
});
