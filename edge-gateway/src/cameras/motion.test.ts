import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { ffmpegPath } from "../../testing/camera.ts";
import {
  type Disturb,
  type Frame,
  infrared,
  lamp,
  moved,
  noise,
  rain,
  tree,
  walker,
  web,
  yard,
} from "../../testing/grey-scene.ts";
import { createCellMask } from "./cell-mask.ts";
import { greyBytes, greyHeight, greyWidth } from "./grey.ts";
import { createMotionWatch } from "./motion.ts";

const perSecond = 5;
const everywhere = createCellMask({ zones: [], masks: [] });
/** A camera has been up for so long. */
const learnt = 180;

/** Plays a scene; the seconds in which something moved. */
function play(scene: (seconds: number) => Frame, seconds: number, mask = everywhere): number[] {
  const watch = createMotionWatch(mask);
  const own = noise(7);
  const moving = new Set<number>();
  for (let index = 0; index < seconds * perSecond; index++) {
    const t = index / perSecond;
    if (watch.look(own(scene(t), t), 1_000 + t * 1_000).length > 0) moving.add(Math.floor(t));
  }
  return [...moving];
}

const still = yard();
const disturbed =
  (...all: Disturb[]) =>
  (t: number) =>
    all.reduce((frame, disturb) => disturb(frame, t), still);
const after = (seconds: number, moving: readonly number[]) => moving.filter((second) => second >= seconds);

const footage = fileURLToPath(new URL("../../../../shared/footage/", import.meta.url));
const skip = existsSync(footage) ? false : "the recorded street is not there";

describe("what moves before a camera", () => {
  it("is nothing while the picture only has its noise", () => {
    assert.deepEqual(play(disturbed(), 60), []);
  });

  it("is not the light, switched by a hand or by the camera's infrared filter", () => {
    assert.deepEqual(play(disturbed(lamp), 130), []);
    assert.deepEqual(play(disturbed(infrared), 130), []);
  });

  const nuisances = {
    "light rain": rain(3, 60),
    rain: rain(4, 200),
    "heavy rain": rain(5, 600),
    "a tree": tree,
    "a web": web,
  };
  for (const [name, nuisance] of Object.entries(nuisances)) {
    it(`is somebody who walks by, and not ${name} that has been there for three minutes`, () => {
      const moving = after(learnt, play(disturbed(nuisance, walker(210)), 228));
      assert.deepEqual(
        moving.filter((second) => second < 210 || second > 227),
        [],
      );
      assert.ok(moving.length >= 5, `${moving.length} s of them were seen`);
    });
  }

  it("is not what a mask hides, and only what lies in a zone where there are any", () => {
    const lower = {
      name: "paving",
      polygon: [
        [0, 0.4],
        [1, 0.4],
        [1, 1],
        [0, 1],
      ] as [number, number][],
    };
    const upper = {
      name: "wall",
      polygon: [
        [0, 0],
        [1, 0],
        [1, 0.35],
        [0, 0.35],
      ] as [number, number][],
    };
    const scene = disturbed(walker(20));
    assert.ok(play(scene, 40, createCellMask({ zones: [lower], masks: [] })).length > 5);
    assert.deepEqual(play(scene, 40, createCellMask({ zones: [upper], masks: [] })), []);
    assert.deepEqual(play(scene, 40, createCellMask({ zones: [], masks: [lower.polygon] })), []);
    const mask = createCellMask({ zones: [upper, lower], masks: [] });
    assert.deepEqual(mask.zonesOf([0, mask.counts.length - 1]), ["wall", "paving"]);
  });

  it("is a car that drives in, and no longer when it is parked", () => {
    const car = (t: number) => {
      const left = Math.min(90, (t - 20) * 20 - 40);
      return moved(still, (value, x, y) =>
        t > 20 && x > left && x < left + 40 && y > 60 && y < 85 ? 200 : value,
      );
    };
    const moving = play(car, 80);
    assert.ok(moving.length >= 3);
    assert.deepEqual(after(55, moving), []);
  });

  it("is the people of a recorded street while it rains there", { skip }, () => {
    const raw = execFileSync(
      ffmpegPath,
      [
        ["-loglevel", "error", "-framerate", "2", "-i", `${footage}street-%03d.jpg`],
        ["-vf", `scale=${greyWidth}:${greyHeight}:flags=area,format=gray`, "-f", "rawvideo", "pipe:1"],
      ].flat(),
      { maxBuffer: 200 * greyBytes },
    );
    const frames = Array.from({ length: raw.length / greyBytes }, (_, index) =>
      raw.subarray(index * greyBytes, (index + 1) * greyBytes),
    );
    /** Each pixel as it mostly is: the street without people. */
    const empty = Uint8Array.from({ length: greyBytes }, (_, pixel) => {
      const values = frames.map((frame) => frame[pixel] ?? 0).toSorted((a, b) => a - b);
      return values[values.length >> 1] ?? 0;
    });
    const drops = rain(9, 200);
    const street = (t: number) => {
      const people = frames[Math.floor((t - learnt) * 2)];
      return drops(t < learnt || !people ? empty : people, t);
    };
    assert.deepEqual(
      after(
        60,
        play(() => drops(empty, 0), learnt),
      ),
      [],
    );
    assert.ok(after(learnt, play(street, learnt + 30)).length >= 10);
  });
});
