import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { smallDetector, smallFrame, smallLabels, smallSize } from "../../../testing/small-detector.ts";
import { InferenceSession, type OnnxValueMap, Tensor } from "../runtime/index.ts";
import { withDynamicBatch } from "./dynamic-batch.ts";
import { node, valueInfo } from "./graph.ts";
import { type Layout, recognise } from "./layout.ts";
import { Manifest, sha256 } from "./manifest.ts";
import { withOpset13 } from "./opset.ts";
import { type PrepareOptions, prepare } from "./prepare.ts";
import { decode, encode } from "./protobuf.ts";
import { floatTensor, readFloats } from "./tensor.ts";
import { verify } from "./verify.ts";

const layouts: Layout[] = ["yolov8", "yolox"];

function options(layout: Layout, changes: Partial<PrepareOptions> = {}): PrepareOptions {
  return {
    source: smallDetector(layout),
    name: "small",
    layout,
    inputSize: smallSize,
    labels: smallLabels,
    licence: "Apache-2.0",
    origin: "small.onnx",
    createdAt: new Date("2026-01-01T00:00:00Z"),
    ...changes,
  };
}

async function run(model: Uint8Array, inputs: Record<string, Tensor>): Promise<OnnxValueMap> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
  try {
    return await session.run(inputs);
  } finally {
    await session.release();
  }
}

function pixels(frames: readonly Uint8Array[]): Tensor {
  return new Tensor("uint8", Uint8Array.from(frames.flatMap((frame) => [...frame])), [
    frames.length,
    smallSize,
    smallSize,
    3,
  ]);
}

/** [n, S, S, 3] bytes -> f32 [n, 3, S, S] in 0..1. */
function planes(frames: readonly Uint8Array[]): Tensor {
  const area = smallSize ** 2;
  const values = frames.flatMap((frame) =>
    [0, 1, 2].flatMap((channel) =>
      Array.from({ length: area }, (_, at) => (frame[at * 3 + channel] ?? 0) / 255),
    ),
  );
  return new Tensor("float32", Float32Array.from(values), [frames.length, 3, smallSize, smallSize]);
}

for (const layout of layouts) {
  describe(`prepare, ${layout}`, () => {
    it("answers the same for a batch as for its images one by one", async () => {
      const { model } = await prepare(options(layout));
      const frames = [1, 2, 3].map((seed) => smallFrame(seed));
      const together = await run(model, { images: pixels(frames) });
      assert.deepEqual(together.boxes?.dims, [3, 84, 4]);
      for (const [index, frame] of frames.entries()) {
        const alone = await run(model, { images: pixels([frame]) });
        for (const name of ["boxes", "scores", "classes"]) {
          const [whole, one] = [together[name], alone[name]];
          assert.ok(whole && one);
          const part = Array.from(whole.data, Number).slice(index * one.size, (index + 1) * one.size);
          Array.from(one.data, Number).forEach((value, at) => {
            assert.ok(
              Math.abs(value - (part[at] ?? Number.NaN)) < 1e-3,
              `${name}[${at}]: ${value}, got ${part[at]}`,
            );
          });
        }
      }
    });

    it("says so when a model has no neck to take an embedding before", async () => {
      const { model, manifest } = await prepare(options(layout));
      assert.equal(manifest.embedding, null);
      assert.deepEqual(
        decode(model).graph.output.map(({ name }) => name),
        ["boxes", "scores", "classes"],
      );
    });

    it("keeps the best candidates, best first, as many as asked for", async () => {
      const { model, manifest } = await prepare(options(layout, { candidates: 10 }));
      const { model: all } = await prepare(options(layout));
      const images = pixels([smallFrame(5)]);
      const [few, many] = [await run(model, { images }), await run(all, { images })];
      const scores = Array.from(many.scores?.data ?? [], Number);
      assert.deepEqual(
        scores,
        scores.toSorted((one, other) => other - one),
      );
      assert.deepEqual(Array.from(few.scores?.data ?? [], Number), scores.slice(0, 10));
      assert.equal(manifest.options.candidates, 10);
    });

    it("states in the manifest what came in and what went out", async () => {
      const given = options(layout);
      const { model, manifest } = await prepare(given);
      assert.deepEqual(Manifest.parse(JSON.parse(JSON.stringify(manifest))), manifest);
      assert.equal(manifest.source.sha256, sha256(given.source));
      assert.deepEqual(manifest.result, { sha256: sha256(model), bytes: model.length });
    });

    it("notices an edit that changed a result", async () => {
      const { source } = options(layout);
      const { model } = await prepare(options(layout));
      const wrong = decode(model);
      const bias = wrong.graph.initializer.find(
        ({ name }) => name.startsWith("stem") && name.endsWith("bias"),
      );
      assert.ok(bias);
      const shifted = floatTensor(
        bias.name,
        [16],
        readFloats(bias).map((value) => value + 0.3),
      );
      bias.rawData = shifted.rawData;
      await assert.rejects(
        verify(source, encode(wrong), recognise(decode(source))),
        /disagrees with the original/,
      );
    });

    it("refuses another layout with what was expected and what came", async () => {
      const other = layout === "yolov8" ? "yolox" : "yolov8";
      await assert.rejects(
        prepare(options(layout, { layout: other })),
        new RegExp(`expected the ${other} layout, got`),
      );
      await assert.rejects(
        prepare(options(layout, { labels: ["one"] })),
        /expected 1 classes.*got inputs images float32/,
      );
    });
  });
}

describe("dynamic batch", () => {
  it("gives the raw output of n runs in one, bit for bit", async () => {
    const source = smallDetector("yolov8");
    const batched = encode(withDynamicBatch(decode(source)));
    const frames = [7, 8, 9].map((seed) => smallFrame(seed));
    const together = (await run(batched, { images: planes(frames) })).output0;
    const alone: number[] = [];
    for (const frame of frames) {
      alone.push(...Array.from((await run(source, { images: planes([frame]) })).output0?.data ?? [], Number));
    }
    assert.deepEqual(Array.from(together?.data ?? [], Number), alone);
  });

  it("refuses operators that mix the images of a batch", () => {
    const model = decode(smallDetector("yolov8"));
    const join = model.graph.node.find(({ opType }) => opType === "Concat");
    const axis = join?.attribute.find(({ name }) => name === "axis");
    assert.ok(axis);
    axis.i = 0;
    assert.throws(() => withDynamicBatch(model), /expected Concat .* an axis other than the batch's/);
  });
});

function softmax(version: number): Uint8Array {
  return encode({
    irVersion: 6,
    producerName: "",
    producerVersion: "",
    opsetImport: [{ domain: "", version }],
    metadataProps: [],
    graph: {
      name: "",
      node: [node("Softmax", ["x"], ["y"], { axis: 1 })],
      initializer: [],
      input: [valueInfo("x", 1, [2, 3, 4])],
      output: [valueInfo("y", 1, [2, 3, 4])],
      valueInfo: [],
    },
  });
}

describe("the head", () => {
  it("does not join box values and class scores that it would split again", async () => {
    const { model } = await prepare(options("yolov8"));
    const nodes = decode(model).graph.node;
    assert.ok(decode(smallDetector("yolov8")).graph.node.some(({ output }) => output.includes("raw.boxes")));
    assert.ok(!nodes.some(({ output }) => output.includes("raw.boxes") || output.includes("level0")));
  });
});

describe("opset", () => {
  it("raises 11 to 13 without changing a result", async () => {
    const source = smallDetector("yolox");
    const old = decode(source);
    const split = old.graph.node.find(({ opType }) => opType === "Split");
    const [standard] = old.opsetImport;
    assert.ok(split && standard);
    split.input.pop();
    split.attribute.push(...node("Split", [], [], { split: [8, 8] }).attribute);
    standard.version = 11;
    const images = planes([smallFrame(2)]);
    const [before, after] = [
      await run(encode(old), { images }),
      await run(encode(withOpset13(old)), { images }),
    ];
    assert.deepEqual(after.output0?.data, before.output0?.data);
  });

  it("keeps what a Softmax of opset 11 took together", async () => {
    const x = new Tensor(
      "float32",
      Float32Array.from({ length: 24 }, (_, index) => Math.sin(index)),
      [2, 3, 4],
    );
    const before = (await run(softmax(11), { x })).y?.data;
    assert.deepEqual((await run(encode(withOpset13(decode(softmax(11)))), { x })).y?.data, before);
    assert.notDeepEqual((await run(softmax(13), { x })).y?.data, before);
  });

  it("refuses versions below 11", () => {
    const model = decode(smallDetector("yolov8"));
    const [standard] = model.opsetImport;
    assert.ok(standard);
    standard.version = 10;
    assert.throws(() => withOpset13(model), /expected opset 11 or newer, got 10/);
  });
});
