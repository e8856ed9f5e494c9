import assert from "node:assert/strict";
import { it } from "node:test";
import { inCanvasOrder } from "./in-canvas-order.ts";

it("asks canvas by canvas, and answers in the order of the question", async () => {
  const pictures = [480, 384, 480, 640, 384].map((height, name) => ({
    name,
    pixels: new Uint8Array(0),
    canvas: { width: 640, height },
  }));
  const asked: number[] = [];
  const answers = await inCanvasOrder(pictures, async (ordered) => {
    asked.push(...ordered.map(({ canvas }) => canvas.height));
    return ordered.map(({ name }) => name);
  });
  assert.deepEqual(asked, [480, 480, 384, 384, 640]);
  assert.deepEqual(answers, [0, 1, 2, 3, 4]);
});
