import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Frame, infrared, lamp, moved, noise, walker, yard } from "../../testing/grey-scene.ts";
import { greyHeight, greyWidth } from "./grey.ts";
import { createTamperWatch, type Tampering } from "./tamper.ts";

const still = yard();

function play(scene: (seconds: number) => Frame, seconds: number): Tampering[] {
  const watch = createTamperWatch();
  const own = noise(3);
  return Array.from({ length: seconds * 2 }, (_, index) =>
    watch.look(own(scene(index / 2), 0), index * 500),
  ).filter((what) => what !== undefined);
}

const from = (seconds: number, later: Frame) => (t: number) => (t < seconds ? still : later);

function blurred(frame: Frame, reach: number): Frame {
  return moved(frame, (_, x, y) => {
    let [sum, count] = [0, 0];
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        const [px, py] = [x + dx, y + dy];
        if (px < 0 || px >= greyWidth || py < 0 || py >= greyHeight) continue;
        sum += frame[py * greyWidth + px] ?? 0;
        count++;
      }
    }
    return sum / count;
  });
}

describe("a camera that somebody meddles with", () => {
  it("is told covered, turned or out of focus, once each time", () => {
    const quiet = (t: number) => moved(still, (value) => value + (t % 2));
    assert.deepEqual(play(quiet, 120), []);
    const cloth = moved(still, () => 90);
    const covering = createTamperWatch();
    const told: Tampering[] = [];
    for (let index = 0; index < 400; index++) {
      const covered = (index > 100 && index < 200) || index > 300;
      const what = covering.look(covered ? cloth : still, index * 500);
      if (what) told.push(what);
    }
    assert.deepEqual(told, ["covered", "covered"]);
    const turned = moved(
      still,
      (_, x, y) => still[((y + 40) % greyHeight) * greyWidth + ((x * 3 + 70) % greyWidth)] ?? 0,
    );
    assert.deepEqual(play(from(60, turned), 200), ["moved"]);
    const soft = createTamperWatch();
    const blur = blurred(still, 2);
    const seen = Array.from({ length: 300 }, (_, index) =>
      soft.look(index < 100 ? still : blur, index * 500),
    );
    assert.deepEqual(
      seen.filter((what) => what !== undefined),
      ["defocused"],
    );
  });

  it("is not one whose light changes, nor one that somebody walks past; darkness is told as such", () => {
    assert.deepEqual(
      play((t) => lamp(still, t), 200),
      [],
    );
    assert.deepEqual(
      play((t) => infrared(still, t), 200),
      [],
    );
    assert.deepEqual(
      play((t) => walker(60)(still, t), 120),
      [],
    );
    assert.deepEqual(
      play(
        from(
          60,
          moved(still, () => 5),
        ),
        200,
      ),
      ["dark"],
    );
  });
});
