import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, it } from "node:test";
import * as limits from "@vigil/core/limits";
import sharp from "sharp";
import { cacheDir } from "../../../testing/cache-dir.ts";
import { samplePhotographs } from "../../../testing/sample-photographs.ts";
import { obtain } from "../../model/index.ts";
import { decode } from "../decode/index.ts";
import { type Fingerprint, isLookalike } from "./index.ts";

type Name = keyof typeof samplePhotographs;
const scenes: readonly Name[] = ["carPark", "emptyGarden", "manInLane"];

async function fingerprintOf(bytes: Uint8Array): Promise<Fingerprint> {
  const pixelsMax = limits.evidence.pixelsMax;
  const canvas = { inputSize: 640, layout: "yolov8", rectangular: true } as const;
  return (await decode(bytes, { ...canvas, contentType: "image/jpeg", pixelsMax })).fingerprint;
}

/** The same scene a moment later: other sensor noise (normal, in levels), another JPEG. */
async function later(bytes: Uint8Array, sigma: number): Promise<Buffer> {
  const { width, height } = await sharp(bytes).metadata();
  const noise = sharp({
    create: { width, height, channels: 3, background: "#000", noise: { type: "gaussian", mean: 128, sigma } },
  });
  const mask = await noise.png().toBuffer();
  // Grey 128 leaves a pixel as it is in the blend mode "hard-light"; brighter and darker grey move it.
  return sharp(bytes)
    .composite([{ input: mask, blend: "hard-light" }])
    .jpeg({ quality: 80 })
    .toBuffer();
}

describe("look-alikes of real photographs", () => {
  const photographs = new Map<Name, Uint8Array>();
  let piece: Buffer;
  before(async () => {
    for (const name of scenes) {
      photographs.set(name, await readFile(await obtain(samplePhotographs[name].file, { cacheDir })));
    }
    piece = await sharp(photographs.get("manInLane"))
      .extract({ left: 520, top: 200, width: 70, height: 170 })
      .toBuffer();
  });

  it("are found through noise and another JPEG", async () => {
    for (const [name, bytes] of photographs) {
      const twin = await fingerprintOf(await later(bytes, 4));
      assert.ok(isLookalike(await fingerprintOf(bytes), twin), name);
    }
  });

  it("are not taken for one another", async () => {
    const all = await Promise.all([...photographs.values()].map(fingerprintOf));
    for (const [index, one] of all.entries()) {
      for (const other of all.slice(index + 1)) assert.ok(!isLookalike(one, other));
    }
  });

  it("are none once a small patch has changed: 2 % of the height, wherever it lies", async () => {
    for (const [name, bytes] of photographs) {
      const { width, height } = await sharp(bytes).metadata();
      const patch = sharp(piece).resize(Math.round(height * 0.009), Math.round(height * 0.02), {
        fit: "fill",
      });
      const input = await patch.linear(1, -60).toBuffer();
      for (const [x, y] of [
        [0.1, 0.4],
        [0.5, 0.6],
        [0.83, 0.9],
      ] as const) {
        const left = Math.round(x * width);
        const top = Math.round(y * height);
        const changed = await sharp(await later(bytes, 4))
          .composite([{ input, left, top }])
          .jpeg()
          .toBuffer();
        assert.ok(
          !isLookalike(await fingerprintOf(bytes), await fingerprintOf(changed)),
          `${name} at ${x}, ${y}`,
        );
      }
    }
  });
});
