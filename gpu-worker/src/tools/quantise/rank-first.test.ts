import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { preparedSmall } from "../../../testing/prepared-small.ts";
import { smallFrame, smallPicture } from "../../../testing/small-detector.ts";
import { decode, encode, type Model } from "../../model/onnx/protobuf.ts";
import { InferenceSession, Tensor } from "../../model/runtime/index.ts";
import { measureRanges } from "./index.ts";
import { insertPairs, plan } from "./insert-qdq.ts";
import { withRankingFirst } from "./rank-first.ts";
import { findRegion } from "./region.ts";

const calibration = Array.from({ length: 6 }, (_, index) => smallPicture(100 + index));

/** A prepared small detector with Quantize/Dequantize pairs up to its last convolutions. */
async function paired(layout: "yolov8" | "yolox", candidates?: number): Promise<Model> {
  const model = await preparedSmall(layout, candidates === undefined ? {} : { candidates });
  const decoded = decode(model);
  const { nodes, lastConvolutions } = findRegion(decoded.graph);
  const inside = new Set([...nodes].filter((each) => !lastConvolutions.includes(each)));
  const ranges = await measureRanges(model, calibration);
  return insertPairs(decoded, plan(decoded.graph, inside), ranges, 63);
}

type Candidate = { score: number; label: number; box: number[] };

/** Of three frames in one batch, by frame, best first. */
async function candidatesOf(model: Model, canvas: { width: number; height: number }): Promise<Candidate[][]> {
  const session = await InferenceSession.create(encode(model), { logSeverityLevel: 3 });
  try {
    const frames = [1, 2, 3].map((seed) => smallFrame(seed, canvas));
    const pixels = Uint8Array.from(frames.flatMap((frame) => [...frame]));
    const images = new Tensor("uint8", pixels, [frames.length, canvas.height, canvas.width, 3]);
    const { boxes, scores, classes } = await session.run({ images });
    const rows = scores?.dims[1] ?? 0;
    return frames.map((_, frame) =>
      Array.from({ length: rows }, (_unused, row) => {
        const at = frame * rows + row;
        return {
          score: Number(scores?.data[at]),
          label: Number(classes?.data[at]),
          box: Array.from({ length: 4 }, (_side, side) => Number(boxes?.data[at * 4 + side])),
        };
      }),
    );
  } finally {
    await session.release();
  }
}

/** The same candidates in the same order, but for the rounding of float32; of two with one score either comes first. */
function isSame(got: readonly Candidate[], wanted: readonly Candidate[]): void {
  assert.equal(got.length, wanted.length);
  for (const [row, one] of got.entries()) {
    const alike = wanted.filter(({ score }) => Math.abs(score - one.score) < 1e-4);
    const isKnown = alike.some(
      ({ label, box }) =>
        label === one.label && box.every((side, index) => Math.abs(side - (one.box[index] ?? 0)) < 0.01),
    );
    assert.ok(isKnown, `row ${row}: ${JSON.stringify(one)} is not among the candidates of that score`);
    assert.ok(row === 0 || one.score <= (got[row - 1]?.score ?? 0), "best first");
  }
}

describe("ranking first", () => {
  let everyAnchor: Model;
  let edited: Model;
  before(async () => {
    everyAnchor = await paired("yolov8");
    edited = withRankingFirst(everyAnchor, 63);
  });

  it("answers what the last convolutions answer for every anchor, in every image of a batch", async () => {
    assert.notEqual(edited, everyAnchor);
    const canvas = { width: 64, height: 64 };
    const [got, wanted] = [await candidatesOf(edited, canvas), await candidatesOf(everyAnchor, canvas)];
    for (const [frame, candidates] of got.entries()) isSame(candidates, wanted[frame] ?? []);
  });

  it("does so on any canvas", async () => {
    const canvas = { width: 64, height: 32 };
    const [got, wanted] = [await candidatesOf(edited, canvas), await candidatesOf(everyAnchor, canvas)];
    for (const [frame, candidates] of got.entries()) isSame(candidates, wanted[frame] ?? []);
  });

  it("keeps the best where fewer are wanted than there are", async () => {
    const canvas = { width: 64, height: 64 };
    const few = await candidatesOf(withRankingFirst(await paired("yolov8", 30), 63), canvas);
    const all = await candidatesOf(everyAnchor, canvas);
    for (const [frame, candidates] of few.entries()) {
      assert.equal(candidates.length, 30);
      isSame(candidates.slice(0, 10), (all[frame] ?? []).slice(0, 10));
    }
  });

  it("leaves a head alone that is none of YOLOv8, or whose features are floats", async () => {
    const yolox = await paired("yolox");
    assert.equal(withRankingFirst(yolox, 63), yolox);
    const float = decode(await preparedSmall("yolov8"));
    assert.equal(withRankingFirst(float, 63), float);
  });
});
