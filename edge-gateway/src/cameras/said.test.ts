import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createHappeningWatch } from "./choose-pictures.ts";
import { createSaid } from "./said.ts";

describe("what a camera itself says", () => {
  it("holds until it says that it is over, and for a minute where it forgets to", () => {
    const said = createSaid();
    said.take({ of: "a", what: "motion", isOn: true }, 0);
    said.take({ of: "b", what: "motion", isOn: true }, 0);
    said.take({ of: "c", what: "person", isOn: true }, 0);
    assert.deepEqual(said.now(1_000), ["motion", "person"]);
    said.take({ of: "c", what: "person", isOn: false }, 1_000);
    assert.deepEqual(said.now(30_000), ["motion"]);
    assert.deepEqual(said.now(60_000), []);
    said.take({ of: "line", what: "line crossed", isOn: undefined }, 70_000);
    assert.deepEqual([said.now(70_500), said.now(73_000)], [["line crossed"], []]);
  });

  it("bounds what a camera makes up", () => {
    const said = createSaid();
    for (let index = 0; index < 1_000; index++) {
      said.take({ of: `${index}`, what: `${index}`, isOn: true }, 0);
    }
    assert.equal(said.now(1).length, 64);
  });

  it("makes one happening with what moves in its pictures", () => {
    const watch = createHappeningWatch();
    watch.picture(Buffer.of(1), 0);
    let told = 0;
    for (let at = 0; at < 30_000; at += 200) {
      watch.picture(Buffer.of(1), at);
      const happening = watch.look(at < 4_000 ? [5] : [], at, at < 2_000 ? ["person"] : []);
      if (!happening) continue;
      told++;
      assert.deepEqual([[...happening.said], [...happening.cells]], [["person"], [5]]);
    }
    assert.equal(told, 1);
  });
});
