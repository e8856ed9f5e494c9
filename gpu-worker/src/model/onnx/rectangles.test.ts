import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { smallDetector, smallFrame, smallLabels, smallSize } from "../../../testing/small-detector.ts";
import type { Canvas } from "../../pipe/decode/index.ts";
import { InferenceSession, Tensor } from "../runtime/index.ts";
import { valueInfo } from "./graph.ts";
import type { Layout } from "./layout.ts";
import { prepare } from "./prepare.ts";
import { dataType, decode, encode } from "./protobuf.ts";
import { takesRectangles } from "./rectangles.ts";
import { withReducedOutput } from "./reduced-output.ts";
import { readInts } from "./tensor.ts";
import { pixelsName, withUint8Input } from "./u8-input.ts";

const known = {
  name: "small",
  inputSize: smallSize,
  labels: smallLabels,
  licence: "Apache-2.0",
  origin: "small.onnx",
  createdAt: new Date(0),
};

type Answer = Record<"boxes" | "scores" | "classes", number[]>;

async function look(model: Uint8Array, frames: readonly Uint8Array[], canvas: Canvas): Promise<Answer> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
  try {
    const pixels = Uint8Array.from(frames.flatMap((frame) => [...frame]));
    const dims = [frames.length, canvas.height, canvas.width, 3];
    const { boxes, scores, classes } = await session.run({ images: new Tensor("uint8", pixels, dims) });
    const numbers = (tensor: typeof boxes) => Array.from(tensor?.data ?? [], Number);
    return { boxes: numbers(boxes), scores: numbers(scores), classes: numbers(classes) };
  } finally {
    await session.release();
  }
}

/** The same weights, exported for exactly this canvas. */
function exportedFor(layout: Layout, canvas: Canvas, anchors: number): Uint8Array {
  const model = decode(smallDetector(layout, canvas));
  const shape = { layout, inputSize: smallSize, classes: smallLabels.length, anchors };
  const edited = withReducedOutput(withUint8Input(model, shape), shape);
  edited.graph.input = [valueInfo(pixelsName, dataType.uint8, [1, canvas.height, canvas.width, 3])];
  return encode(edited);
}

describe("rectangles", () => {
  const canvases: Canvas[] = [
    { width: 64, height: 32 },
    { width: 32, height: 64 },
    { width: 32, height: 32 },
  ];

  it("gives a yolov8 detector on any canvas what an export for that canvas gives, in batches too", async () => {
    const { model, manifest } = await prepare({
      ...known,
      source: smallDetector("yolov8"),
      layout: "yolov8",
    });
    assert.equal(manifest.rectangular, true);
    for (const canvas of canvases) {
      const anchors = (21 * canvas.width * canvas.height) / 32 ** 2;
      const wanted = exportedFor("yolov8", canvas, anchors);
      const frames = [1, 2].map((seed) => smallFrame(seed, canvas));
      const together = await look(model, frames, canvas);
      assert.equal(together.scores.length, frames.length * anchors);
      const alone: Answer = { boxes: [], scores: [], classes: [] };
      for (const frame of frames) {
        const answer = await look(wanted, [frame], canvas);
        for (const name of ["boxes", "scores", "classes"] as const) alone[name].push(...answer[name]);
      }
      assert.deepEqual(together.classes, alone.classes);
      for (const name of ["boxes", "scores"] as const) {
        alone[name].forEach((value, index) => {
          const got = together[name][index] ?? Number.NaN;
          assert.ok(Math.abs(value - got) < 1e-3, `${name}[${index}]: expected ${value}, got ${got}`);
        });
      }
    }
  });

  it("decodes yolox's grid for the canvas at hand", async () => {
    const { model, manifest } = await prepare({ ...known, source: smallDetector("yolox"), layout: "yolox" });
    assert.equal(manifest.rectangular, true);
    for (const canvas of canvases) {
      const frame = smallFrame(3, canvas);
      const { boxes, scores } = await look(model, [frame], canvas);
      assert.deepEqual(scores.length, (21 * canvas.width * canvas.height) / 32 ** 2);
      const wanted = await decodedByHand(smallDetector("yolox", canvas), frame, canvas);
      const near = (box: readonly number[], other: readonly number[]) =>
        box.every((value, index) => Math.abs(value - (other[index] ?? Number.NaN)) < 1e-2);
      for (let row = 0; row < scores.length; row += 1) {
        const box = boxes.slice(row * 4, row * 4 + 4);
        assert.ok(
          wanted.some((other) => near(box, other)),
          `box ${box.join()} is of no anchor`,
        );
      }
    }
  });

  it("knows a graph that only takes the square", async () => {
    const { model } = await prepare({ ...known, source: smallDetector("yolov8"), layout: "yolov8" });
    const fixed = decode(model);
    const flat = fixed.graph.initializer.find(
      (tensor) => tensor.name.startsWith("flat") && readInts(tensor).join() === "0,32,-1",
    );
    assert.ok(flat);
    flat.rawData = Buffer.from(BigInt64Array.of(0n, 32n, 64n).buffer);
    assert.equal(await takesRectangles(model, smallSize), true);
    assert.equal(await takesRectangles(encode(fixed), smallSize), false);
  });
});

/** Source: `YOLOXHead.decode_outputs` in Megvii-BaseDetection/YOLOX. */
async function decodedByHand(source: Uint8Array, frame: Uint8Array, canvas: Canvas): Promise<number[][]> {
  const { width, height } = canvas;
  const area = width * height;
  const planes = Float32Array.from(
    { length: 3 * area },
    (_, at) => frame[(at % area) * 3 + 2 - Math.floor(at / area)] ?? 0,
  );
  const session = await InferenceSession.create(source, { intraOpNumThreads: 1 });
  const { output0 } = await session.run({ images: new Tensor("float32", planes, [1, 3, height, width]) });
  await session.release();
  const raw = Array.from(output0?.data ?? [], Number);
  const columns = 5 + smallLabels.length;
  return [8, 16, 32]
    .flatMap((stride) =>
      Array.from({ length: area / stride ** 2 }, (_, position) => {
        const across = width / stride;
        return { stride, x: position % across, y: Math.floor(position / across) };
      }),
    )
    .map(({ stride, x, y }, row) => {
      const [dx = 0, dy = 0, logWidth = 0, logHeight = 0] = raw.slice(row * columns);
      return [
        (dx + x) * stride,
        (dy + y) * stride,
        Math.exp(logWidth) * stride,
        Math.exp(logHeight) * stride,
      ];
    });
}
