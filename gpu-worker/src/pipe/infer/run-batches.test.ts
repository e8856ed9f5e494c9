import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { DetectedImage } from "./detected-image.ts";
import { batchLadder, runBatches, stepDown } from "./run-batches.ts";

function seen(images: readonly number[]): DetectedImage[] {
  return images.map((image) => ({ detections: [], bestConfidence: image, inferMs: 0, postMs: 0 }));
}

describe("runBatches", () => {
  it("answers every image once and in order, whichever are bad and however little fits", async () => {
    const images = Array.from({ length: 23 }, (_, index) => index / 100);
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(22)),
        fc.constantFrom(...batchLadder),
        fc.constantFrom(...batchLadder),
        async (bad, batchMax, fits) => {
          const badImages = new Set(bad.map((index) => images[index]));
          const ran = await runBatches(images, batchMax, async (batch) => {
            if (batch.length > fits) throw new Error("CUDA error: out of memory");
            if (batch.some((image) => badImages.has(image))) throw new Error("bad pixels");
            return seen(batch);
          });
          assert.deepEqual(
            ran.results.map((result) => ("error" in result ? "bad" : result.bestConfidence)),
            images.map((image) => (badImages.has(image) ? "bad" : image)),
          );
          assert.equal(
            ran.batchMax,
            Math.min(batchMax, images.length > fits ? Math.min(fits, batchMax) : batchMax),
          );
        },
      ),
    );
  });

  it("steps down the ladder when memory runs out, and stays there", async () => {
    const sizes: number[] = [];
    const ran = await runBatches(
      Array.from({ length: 32 }, (_, index) => index),
      32,
      async (batch) => {
        sizes.push(batch.length);
        if (batch.length > 8) {
          throw new Error("Failed to allocate memory for requested buffer of size 400000000");
        }
        return seen(batch);
      },
    );
    assert.deepEqual(sizes, [32, 16, 8, 8, 8, 8]);
    assert.equal(ran.batchMax, 8);
    assert.equal(ran.runs, 6);
  });

  it("gives up on one image alone when even that does not fit", async () => {
    const ran = await runBatches([1, 2], 1, async () => {
      throw new Error("std::bad_alloc");
    });
    assert.deepEqual(ran.results, [{ error: "std::bad_alloc" }, { error: "std::bad_alloc" }]);
  });

  it("knows the rungs", () => {
    assert.deepEqual([64, 33, 32, 5, 2, 1].map(stepDown), [32, 32, 16, 4, 1, 1]);
  });
});
