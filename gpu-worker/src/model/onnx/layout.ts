/**
 * Which family of detectors a model belongs to, told from the shapes of its input and output.
 *
 * | layout | input | output |
 * |---|---|---|
 * | `yolov8` (YOLOv8, YOLO11) | f32 [n, 3, S, S], RGB 0..1 | f32 [n, 4 + classes, anchors]: cx, cy, w, h in input pixels, then class scores 0..1 |
 * | `efficientdet` (as `model/tflite/` converts it) | as `yolov8` | as `yolov8`, of other anchors |
 * | `yolox` | f32 [n, 3, S, S], BGR 0..255 | f32 [n, anchors, 5 + classes]: grid offsets, log sizes, objectness, class scores 0..1 |
 *
 * The two of YOLO look at strides 8, 16 and 32, so a square input of S pixels has (S/8)^2 + (S/16)^2 + (S/32)^2 anchors;
 * EfficientDet at 64 and 128 as well, with nine anchors in each place.
 */
import { anchorCount, type Layout } from "./anchors.ts";
import { shapeOf } from "./graph.ts";
import { dataType, type Model, type ValueInfo } from "./protobuf.ts";

export type { Layout } from "./anchors.ts";

export type Recognised = {
  layout: Layout;
  inputSize: number;
  classes: number;
  anchors: number;
  batch: number | string;
};

/** What is known beforehand, for models whose shapes are dynamic. */
export type Expected = { layout?: Layout; inputSize?: number; classes?: number };

/** Throws with what was expected and what came when the model is of no known layout, or not of the expected one. */
export function recognise(model: Model, expected: Expected = {}): Recognised {
  const { input, output } = onlyValues(model);
  const [batch = "?", channels, height, width] = shapeOf(input) ?? [];
  const sizes = [height, width].filter((size) => typeof size === "number");
  const inputSize = sizes[0] ?? expected.inputSize;
  const isImage =
    input.type?.tensorType?.elemType === dataType.float32 &&
    shapeOf(input)?.length === 4 &&
    (channels === 3 || typeof channels === "string") &&
    sizes.every((size) => size === inputSize);
  if (!isImage) throw refusal(model, "an input f32 [n, 3, S, S]");
  if (inputSize === undefined) {
    throw refusal(model, "an input size S, given because the model's own is dynamic");
  }
  if (inputSize % 32 !== 0) throw refusal(model, "an input size S that is a multiple of 32");
  if (expected.inputSize !== undefined && expected.inputSize !== inputSize) {
    throw refusal(model, `an input of ${expected.inputSize} x ${expected.inputSize}`);
  }
  const found = layoutOf(model, output, inputSize, expected);
  if (expected.layout && found.layout !== expected.layout) {
    throw refusal(model, `the ${expected.layout} layout`);
  }
  if (expected.classes !== undefined && found.classes !== expected.classes) {
    throw refusal(model, `${expected.classes} classes, one for each label`);
  }
  return { ...found, inputSize, anchors: anchorCount(inputSize, found.layout), batch };
}

function onlyValues(model: Model): { input: ValueInfo; output: ValueInfo } {
  const constants = new Set(model.graph.initializer.map(({ name }) => name));
  const inputs = model.graph.input.filter(({ name }) => !constants.has(name));
  const [input] = inputs;
  const [output] = model.graph.output;
  if (!input || !output || inputs.length > 1 || model.graph.output.length > 1) {
    throw refusal(model, "exactly one input and one output");
  }
  return { input, output };
}

function layoutOf(
  model: Model,
  output: ValueInfo,
  inputSize: number,
  expected: Expected,
): { layout: Layout; classes: number } {
  const anchors = anchorCount(inputSize);
  const [, second, third] = shapeOf(output) ?? [];
  if (shapeOf(output)?.length === 3) {
    for (const layout of ["yolov8", "efficientdet"] as const) {
      if (third === anchorCount(inputSize, layout) && typeof second === "number" && second > 4) {
        return { layout, classes: second - 4 };
      }
    }
    if (second === anchors && typeof third === "number" && third > 5) {
      return { layout: "yolox", classes: third - 5 };
    }
    const isDynamic = typeof second !== "number" || typeof third !== "number";
    if (isDynamic && expected.layout && expected.classes) {
      return { layout: expected.layout, classes: expected.classes };
    }
  }
  throw refusal(
    model,
    `an output f32 [n, 4 + classes, ${anchors}] (yolov8) or [n, ${anchors}, 5 + classes] (yolox)`,
  );
}

function refusal(model: Model, wanted: string): Error {
  const constants = new Set(model.graph.initializer.map(({ name }) => name));
  const inputs = model.graph.input.filter(({ name }) => !constants.has(name)).map(describe);
  const outputs = model.graph.output.map(describe);
  return new Error(
    `expected ${wanted}, got inputs ${inputs.join(", ")} and outputs ${outputs.join(", ")}; ` +
      "export a YOLOv8, YOLO11 or YOLOX detector without its own non-maximum suppression",
  );
}

const typeNames = new Map<number, string>(Object.entries(dataType).map(([name, number]) => [number, name]));

/** Name, type and shape of a declared value, as a person reads them. */
export function describe(value: ValueInfo): string {
  const type = value.type?.tensorType?.elemType ?? 0;
  return `${value.name} ${typeNames.get(type) ?? `type ${type}`} [${(shapeOf(value) ?? ["?"]).join(", ")}]`;
}
