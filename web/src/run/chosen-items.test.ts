import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Chosen, mayJoin, maySplit, toggled } from "./chosen-items.ts";

const chosen = (...items: [no: number, group: number | null][]): Chosen => new Map(items);

describe("chosen items", () => {
  it("are chosen once, and no more when they are chosen again", () => {
    const one = toggled(chosen(), { no: 3, group: 1 });
    assert.deepEqual([...one], [[3, 1]]);
    assert.equal(toggled(one, { no: 3, group: 1 }).size, 0);
  });

  it("may be taken apart when they are of one group, and put together when they are not", () => {
    const cases: [Chosen, boolean, boolean][] = [
      [chosen(), false, false],
      [chosen([1, 1], [2, 1]), true, false],
      [chosen([1, 1], [9, 7]), false, true],
      [chosen([4, null]), false, false],
      [chosen([4, null], [5, null]), false, true],
      [chosen([4, null], [1, 1]), false, true],
    ];
    for (const [some, split, join] of cases) assert.deepEqual([maySplit(some), mayJoin(some)], [split, join]);
  });
});
