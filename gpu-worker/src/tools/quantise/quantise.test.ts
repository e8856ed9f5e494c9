import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { preparedSmall } from "../../../testing/prepared-small.ts";
import { smallPicture } from "../../../testing/small-detector.ts";
import { decode, encode, type GraphNode } from "../../model/onnx/protobuf.ts";
import { InferenceSession } from "../../model/runtime/index.ts";
import type { Picture } from "../../pipe/decode/index.ts";
import { agreementOf } from "./agreement.ts";
import { withFastUpsample } from "./fast-upsample.ts";
import { withFoldedPixels } from "./fold-pixels.ts";
import { type AgreementFigures, convolutions, measureRanges, quantise } from "./index.ts";
import { insertPairs, plan } from "./insert-qdq.ts";
import { quantiseToTarget } from "./mixed-precision.ts";
import { findRegion } from "./region.ts";
import { tensorOf } from "./tensor-of.ts";

const calibration = Array.from({ length: 6 }, (_, index) => smallPicture(100 + index));
/** Maps that the head of the small detector looks at: each has a convolution for class scores. */
const levels = 3;
const heldOut = Array.from({ length: 4 }, (_, index) => smallPicture(500 + index));

async function scoresOf(model: Uint8Array, frames: readonly Picture[]): Promise<number[]> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
  try {
    const found: number[] = [];
    for (const frame of frames) {
      found.push(...Array.from((await session.run({ images: tensorOf(frame) })).scores?.data ?? [], Number));
    }
    return found;
  } finally {
    await session.release();
  }
}

/** The graph as onnxruntime rewrites it before it runs. */
async function fused(model: Uint8Array, folder: string): Promise<GraphNode[]> {
  const optimizedModelFilePath = join(folder, "optimised.onnx");
  // Severity 3: the runtime warns that a model optimised for this processor should stay here, as it does.
  const session = await InferenceSession.create(model, { optimizedModelFilePath, logSeverityLevel: 3 });
  await session.release();
  return decode(await readFile(optimizedModelFilePath)).graph.node;
}

function meanDifference(one: readonly number[], other: readonly number[]): number {
  return (
    one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? Number.NaN)), 0) / one.length
  );
}

describe("quantise", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-quantise-"));
  });
  after(() => rm(folder, { recursive: true }));

  for (const layout of ["yolov8", "yolox"] as const) {
    it(`keeps the scores of a ${layout} detector on frames it was not calibrated on`, async () => {
      const model = await preparedSmall(layout);
      const int8 = await quantise({ model, calibration });
      const [wanted, got] = [await scoresOf(model, heldOut), await scoresOf(int8, heldOut)];
      const spread = meanDifference(
        wanted,
        Array<number>(wanted.length).fill(wanted.reduce((a, b) => a + b) / wanted.length),
      );
      const error = meanDifference(wanted, got);
      assert.ok(error > 0, "8 bits must leave a trace, or nothing was quantised");
      assert.ok(error < 0.15 * spread, `mean error ${error}, spread of the scores ${spread}`);
    });
  }

  it("lets the runtime fuse every convolution and the activations between them, and ranks by the last ones", async () => {
    const model = await preparedSmall("yolov8");
    const int8 = await quantise({ model, calibration });
    const operators = Map.groupBy(await fused(int8, folder), ({ opType }) => opType);
    const count = (name: string) => operators.get(name)?.length ?? 0;
    const all = convolutions(model).length;
    assert.equal(all, 8);
    assert.equal(count("QLinearConv"), all + levels);
    assert.ok(count("QLinearSigmoid") >= all - 1 && count("QLinearMul") >= all - 1);
    assert.equal(count("QLinearAdd"), 1);
    assert.ok(count("QLinearConcat") >= 2);
    assert.equal(count("QuantizeLinear"), 0, "no value between the pixels and the head may return to float");
    assert.equal(count("Cast"), 0, "the pixels are 8 bits already");
  });

  for (const [what, edit] of [
    ["folds the pixels of the first convolution", withFoldedPixels],
    ["doubles maps by copying", withFastUpsample],
  ] as const) {
    it(`${what} without changing a bit of any result`, async () => {
      const model = await preparedSmall("yolov8");
      const decoded = decode(model);
      const { nodes, lastConvolutions } = findRegion(decoded.graph);
      const inside = new Set([...nodes].filter((each) => !lastConvolutions.includes(each)));
      const steps = plan(decoded.graph, inside);
      const plain = insertPairs(decoded, steps, await measureRanges(model, calibration), 63);
      const edited = edit(plain);
      assert.notDeepEqual(
        edited.graph.node.map(({ opType }) => opType),
        plain.graph.node.map(({ opType }) => opType),
      );
      assert.deepEqual(await scoresOf(encode(edited), heldOut), await scoresOf(encode(plain), heldOut));
    });
  }

  it("leaves named convolutions in float32, and refuses names it does not know", async () => {
    const model = await preparedSmall("yolov8");
    const [first = ""] = convolutions(model);
    const mixed = await quantise({ model, calibration, float: [first] });
    const operators = Map.groupBy(await fused(mixed, folder), ({ opType }) => opType);
    assert.equal(operators.get("QLinearConv")?.length, convolutions(model).length - 1 + levels);
    await assert.rejects(
      quantise({ model, calibration, float: ["nothing"] }),
      /leave in float32, got nothing/,
    );
  });

  it("stops between two frames, refuses none at all and frames of another size", async () => {
    const model = await preparedSmall("yolov8");
    const stop = new AbortController();
    const seen: number[] = [];
    const stopped = quantise({
      model,
      calibration,
      signal: stop.signal,
      onProgress: ({ frames }) => {
        seen.push(frames);
        if (frames === 2) stop.abort(new Error("enough"));
      },
    });
    await assert.rejects(stopped, /enough/);
    assert.deepEqual(seen, [1, 2]);
    await assert.rejects(quantise({ model, calibration: [] }), /at least one frame/);
    await assert.rejects(
      quantise({ model, calibration: [{ ...smallPicture(1), pixels: new Uint8Array(12) }] }),
      /size\(12288\) does not match data length\(12\)/,
    );
  });
});

function figures(recall: number): AgreementFigures {
  return { ...agreementOf([], { reference: "float32" }), recall, precision: 1 };
}

async function searchInputs(model: Uint8Array) {
  return {
    model,
    ranges: await measureRanges(model, calibration),
    samples: calibration.slice(0, 2),
  };
}

describe("mixed precision", () => {
  it("takes full INT8 when that reaches the target", async () => {
    const model = await preparedSmall("yolov8");
    const done = await quantiseToTarget({
      ...(await searchInputs(model)),
      measure: async () => figures(0.99),
    });
    assert.deepEqual([done.float, done.reached], [[], true]);
  });

  it("returns groups of convolutions to float32 until the target is reached, and says which", async () => {
    const model = await preparedSmall("yolov8");
    let tried = 0;
    const done = await quantiseToTarget({
      ...(await searchInputs(model)),
      measure: async () => figures(++tried < 2 ? 0.9 : 0.985),
    });
    assert.equal(done.reached, true);
    assert.ok(done.float.length > 0 && done.float.every((name) => convolutions(model).includes(name)));
  });

  it("answers the best of its attempts when none reaches the target", async () => {
    const model = await preparedSmall("yolov8");
    const done = await quantiseToTarget({
      ...(await searchInputs(model)),
      measure: async () => figures(0.5),
    });
    assert.deepEqual([done.reached, done.float], [false, []]);
  });
});
