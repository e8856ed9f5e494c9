/**
 * From a model's output tensors to detections.
 *
 *     const interpret = createInterpreter(model, { detectionConfidence: 0.25, nmsIou: 0.5 });
 *     const { detections, bestConfidence } = interpret(outputs, 0, image);
 *
 * One interpreter belongs to one lane: it fills the same buffers again for every image.
 */

import type { Detection } from "@vigil/core/digest/wire";
import * as limits from "@vigil/core/limits";
import type { LoadedModel } from "../../model/loaded-model.ts";
import { anchorCount } from "../../model/onnx/anchors.ts";
import { type Letterbox, toOriginal } from "../decode/letterbox.ts";
import { type Candidates, createCandidates } from "./candidates.ts";
import { collectReduced, type ReducedOutput } from "./collect-reduced.ts";
import { collectYolov8 } from "./collect-yolov8.ts";
import { collectYolox } from "./collect-yolox.ts";
import { suppress } from "./suppress.ts";

/** One output tensor as the runtime hands it over: dimensions and values, all images of the batch together. */
export type OutputTensor = { dims: readonly number[]; data: unknown };
export type Outputs = Readonly<Record<string, OutputTensor>>;

/** What is needed to bring boxes back to the original image. */
export type Geometry = { width: number; height: number; letterbox: Letterbox };

export type Thresholds = { detectionConfidence: number; nmsIou: number };

/** `bestConfidence`: the highest score of any anchor, also below the detection threshold. */
export type Interpretation = { detections: Detection[]; bestConfidence: number };

export type Interpret = (outputs: Outputs, index: number, image: Geometry) => Interpretation;

type Shape = Pick<LoadedModel, "layout" | "inputSize" | "labels" | "output">;

/** `index` is the image's position in its batch. Throws when the tensors are not those of the model's layout. */
export function createInterpreter(model: Shape, { detectionConfidence, nmsIou }: Thresholds): Interpret {
  const candidates = createCandidates(anchorCount(model.inputSize, model.layout));
  const collect = createCollector(model, detectionConfidence, candidates);
  return (outputs, index, image) => {
    candidates.count = 0;
    const best = collect(outputs, index);
    const kept = suppress(candidates, nmsIou, limits.review.detectionsPerMomentMax);
    return {
      detections: kept.flatMap((candidate) => toDetection(candidates, candidate, model.labels, image)),
      bestConfidence: clampUnit(best),
    };
  };
}

/** Fills `into` with one image's candidates; answers the best score of all. */
type Collect = (outputs: Outputs, index: number) => number;

function createCollector(model: Shape, scoreMin: number, into: Candidates): Collect {
  if (model.output === "reduced") {
    return (outputs, index) => collectReduced(reducedOf(outputs, index), scoreMin, into);
  }
  const anchors = anchorCount(model.inputSize, model.layout);
  const classes = model.labels.length;
  if (model.layout === "yolox") {
    return (outputs, index) =>
      collectYolox(rawOf(outputs, index, [anchors, 5 + classes]), model.inputSize, classes, scoreMin, into);
  }
  const best = { score: new Float32Array(anchors), classIndex: new Int32Array(anchors) };
  return (outputs, index) =>
    collectYolov8(rawOf(outputs, index, [4 + classes, anchors]), anchors, classes, scoreMin, best, into);
}

function rawOf(outputs: Outputs, index: number, shape: readonly [number, number]): Float32Array {
  const [output] = Object.values(outputs);
  const [, rows, columns] = output?.dims ?? [];
  if (!(output?.data instanceof Float32Array) || rows !== shape[0] || columns !== shape[1]) {
    throw new Error(`expected an output float32 [n, ${shape.join(", ")}], got [${output?.dims.join(", ")}]`);
  }
  const length = rows * columns;
  return output.data.subarray(index * length, (index + 1) * length);
}

function reducedOf(outputs: Outputs, index: number): ReducedOutput {
  const { boxes, scores, classes } = outputs;
  const rows = scores?.dims[1] ?? 0;
  if (
    !(boxes?.data instanceof Float32Array) ||
    !(scores?.data instanceof Float32Array) ||
    !isIndices(classes?.data) ||
    boxes.dims[1] !== rows ||
    boxes.dims[2] !== 4
  ) {
    throw new Error(`expected outputs boxes, scores and classes, got ${Object.keys(outputs).join(", ")}`);
  }
  return {
    boxes: boxes.data.subarray(index * rows * 4, (index + 1) * rows * 4),
    scores: scores.data.subarray(index * rows, (index + 1) * rows),
    classes: classes.data.subarray(index * rows, (index + 1) * rows),
  };
}

function isIndices(data: unknown): data is ReducedOutput["classes"] {
  return data instanceof BigInt64Array || data instanceof Int32Array || data instanceof Float32Array;
}

/** None when nothing of the box lies inside the original image. */
function toDetection(
  from: Candidates,
  index: number,
  labels: readonly string[],
  image: Geometry,
): Detection[] {
  const box = toOriginal(
    from.centreX[index] as number,
    from.centreY[index] as number,
    from.width[index] as number,
    from.height[index] as number,
    image.letterbox,
    image,
  );
  if (box[2] === 0 || box[3] === 0) return [];
  const classIndex = from.classIndex[index] as number;
  const label = labels[classIndex] ?? `class ${classIndex}`;
  return [{ label, confidence: clampUnit(from.score[index] as number), box }];
}

function clampUnit(value: number): number {
  return Math.min(1, Math.max(0, value));
}
