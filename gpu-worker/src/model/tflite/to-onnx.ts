/**
 * A detector of the family of EfficientDet-Lite, as its publisher ships it (TensorFlow Lite, INT8), as an ONNX graph in
 * float32. What it answers is of the layout `efficientdet`; see `onnx/layout.ts`.
 *
 * Maps are [batch, height, width, channels] there and [batch, channels, height, width] here. Weights become the floats that they
 * stand for; what else is stored in 8 bits between two operators is not: a float runtime has no use for it.
 * Source of what each operator does: the reference kernels (tensorflow/lite/kernels).
 */
import { node, valueInfo } from "../onnx/graph.ts";
import { dataType, type GraphNode, type Model, type Tensor } from "../onnx/protobuf.ts";
import { floatTensor, int64Tensor } from "../onnx/tensor.ts";
import { addDecode } from "./decode-boxes.ts";
import { floatsOf, transposed } from "./floats.ts";
import { readTflite, type TfliteFile, type TfliteOperator, type TfliteTensor } from "./read.ts";

/** `BuiltinOperator` of the schema. */
const operators = Object.freeze({
  add: 0,
  concatenation: 2,
  convolution: 3,
  depthwise: 4,
  dequantise: 6,
  logistic: 14,
  maxPool: 17,
  reshape: 22,
  custom: 32,
  resizeNearest: 97,
  quantise: 114,
});
const postProcess = "TFLite_Detection_PostProcess";
/** `Padding` and `ActivationFunctionType` of the schema. */
const paddingSame = 0;
const activations = Object.freeze({ none: 0, relu: 1, relu6: 3 });

/** Throws with what was expected and what came when the file is none of such a detector. */
export function toOnnx(bytes: Uint8Array): Model {
  return new Conversion(readTflite(bytes)).model();
}

class Conversion {
  readonly #file: TfliteFile;
  readonly #nodes: GraphNode[] = [];
  readonly #constants = new Map<string, Tensor>();
  /** Values that are the same here and there, by the tensor that has another name for one. */
  readonly #aliases = new Map<number, string>();

  constructor(file: TfliteFile) {
    this.#file = file;
  }

  model(): Model {
    const [input = -1] = this.#file.inputs;
    const { shape, scales, zeroPoints } = this.#tensor(input);
    const [, height = 0, width = 0, channels] = shape;
    if (shape.length !== 4 || channels !== 3 || height !== width || scales.length !== 1) {
      throw new Error(`expected one quantised square picture as input, got [${shape.join(", ")}]`);
    }
    // RGB 0..1, as other detectors take it, becomes what the stored bytes stand for.
    const [scale = 0, zeroPoint = 0] = [scales[0], zeroPoints[0]];
    this.#floats("scale", [], [255 * scale]);
    this.#floats("shift", [], [-zeroPoint * scale]);
    this.#add("Mul", ["images", "scale"], ["scaled"]);
    this.#add("Add", ["scaled", "shift"], ["shifted"]);
    this.#aliases.set(input, "shifted");
    const anchors = this.#convertAll(height);
    return {
      irVersion: 8,
      producerName: "vigil",
      producerVersion: "",
      opsetImport: [{ domain: "", version: 13 }],
      metadataProps: [],
      graph: {
        name: "efficientdet",
        node: this.#nodes,
        initializer: [...this.#constants.values()],
        input: [valueInfo("images", dataType.float32, [1, 3, height, width])],
        output: [valueInfo("output0", dataType.float32, anchors)],
        valueInfo: [],
      },
    };
  }

  /** Answers the shape of the output. */
  #convertAll(inputSize: number): number[] {
    for (const each of this.#file.operators) {
      if (each.code !== operators.custom) {
        this.#convert(each);
        continue;
      }
      if (each.custom !== postProcess) {
        throw new Error(`expected ${postProcess} at the end, got ${each.custom}`);
      }
      const [boxes = -1, scores = -1, anchors = -1] = each.inputs;
      const { shape } = this.#tensor(scores);
      const [, count = 0, classes = 0] = shape;
      const graph = {
        add: this.#add.bind(this),
        floats: this.#floats.bind(this),
        ints: this.#ints.bind(this),
      };
      const values = { boxes: this.#name(boxes), scores: this.#name(scores) };
      addDecode(graph, { ...values, anchors: floatsOf(this.#tensor(anchors)), inputSize });
      return [1, 4 + classes, count];
    }
    throw new Error(`expected ${postProcess} at the end, got none`);
  }

  #convert(each: TfliteOperator): void {
    switch (each.code) {
      case operators.quantise:
      case operators.dequantise:
        this.#aliases.set(each.outputs[0] ?? -1, this.#name(each.inputs[0] ?? -1));
        return;
      case operators.convolution:
        return this.#convolution(each, "dense");
      case operators.depthwise:
        return this.#convolution(each, "depthwise");
      case operators.add:
        return this.#activated(each, "Add", this.#names(each), each.byte(0));
      case operators.logistic:
        return this.#logistic(each);
      case operators.maxPool:
        return this.#maxPool(each);
      case operators.resizeNearest:
        return this.#resize(each);
      case operators.reshape:
        return this.#reshape(each);
      case operators.concatenation:
        return this.#concatenate(each);
      default:
        throw new Error(
          `expected operators of EfficientDet-Lite alone, got number ${each.code} of the schema`,
        );
    }
  }

  /** Weights are [out, height, width, in], or [1, height, width, out] of a depthwise one. */
  #convolution(each: TfliteOperator, kind: "dense" | "depthwise"): void {
    const [input = -1, weights = -1, bias = -1] = each.inputs;
    const stored = this.#tensor(weights);
    const isDense = kind === "dense";
    const [first = 0, high = 0, wide = 0, last = 0] = stored.shape;
    const channels = this.#tensor(input).shape[3] ?? 0;
    const shape = isDense ? [first, last, high, wide] : [last, 1, high, wide];
    const order = isDense ? [0, 3, 1, 2] : [3, 0, 1, 2];
    const [weightsName, biasName] = [`weights:${weights}`, `bias:${bias}`];
    this.#floats(weightsName, shape, () => transposed(floatsOf(stored), stored.shape, order));
    this.#floats(biasName, [shape[0] ?? 0], () => floatsOf(this.#tensor(bias)));
    const stride = { high: each.int(2, 1), wide: each.int(1, 1) };
    // Fields 4 and 5 of a dense one, 5 and 6 of a depthwise one, which has its multiplier before them.
    const dilations = (isDense ? [5, 4] : [6, 5]).map((field) => each.int(field, 1));
    if (dilations.some((size) => size !== 1)) throw new Error("expected convolutions without dilation");
    this.#activated(each, "Conv", [this.#name(input), weightsName, biasName], each.byte(isDense ? 3 : 4), {
      kernel_shape: [high, wide],
      strides: [stride.high, stride.wide],
      pads: this.#pads(each, [high, wide], [stride.high, stride.wide]),
      dilations: [1, 1],
      group: isDense ? 1 : channels,
    });
  }

  #maxPool(each: TfliteOperator): void {
    const kernel = [each.int(4, 1), each.int(3, 1)];
    const strides = [each.int(2, 1), each.int(1, 1)];
    const pads = this.#pads(each, kernel, strides);
    this.#activated(each, "MaxPool", this.#names(each), each.byte(5), {
      kernel_shape: kernel,
      strides,
      pads,
    });
  }

  /** Top, left, bottom, right. "Same": the output has a value for each step, and the odd pixel is added behind. */
  #pads(each: TfliteOperator, kernel: readonly number[], strides: readonly number[]): number[] {
    const { shape } = this.#tensor(each.inputs[0] ?? -1);
    const both = [0, 1].map((axis) => {
      const [size = 0, step = 1] = [shape[axis + 1], strides[axis]];
      const missing = (Math.ceil(size / step) - 1) * step + (kernel[axis] ?? 1) - size;
      return each.byte(0) === paddingSame ? Math.max(0, missing) : 0;
    });
    return [...both.map((size) => Math.floor(size / 2)), ...both.map((size) => Math.ceil(size / 2))];
  }

  #resize(each: TfliteOperator): void {
    const from = this.#tensor(each.inputs[0] ?? -1).shape;
    const to = this.#tensor(each.outputs[0] ?? -1).shape;
    const scales = [1, 2].map((axis) => (to[axis] ?? 0) / (from[axis] ?? 1));
    const areExact = scales.every((scale) => Math.fround(scale) === scale);
    if (each.byte(0) !== 0 || each.byte(1) !== 0 || !areExact) {
      throw new Error(
        `expected nearest neighbours of exact scales, got ${from.join("x")} to ${to.join("x")}`,
      );
    }
    const name = `scales:${each.outputs[0]}`;
    this.#floats(name, [4], [1, 1, ...scales]);
    const how = { mode: "nearest", coordinate_transformation_mode: "asymmetric", nearest_mode: "floor" };
    const inputs = [this.#name(each.inputs[0] ?? -1), "", name];
    this.#activated(each, "Resize", inputs, activations.none, how);
  }

  /** A map [1, height, width, anchors of a cell x values] becomes rows [1, anchors, values]. */
  #reshape(each: TfliteOperator): void {
    const from = this.#tensor(each.inputs[0] ?? -1).shape;
    const [batch, rows = 0, values = 0, ...more] = this.#tensor(each.outputs[0] ?? -1).shape;
    if (from.length !== 4 || batch !== 1 || more.length > 0) {
      throw new Error(`expected a map to become rows, got [${from.join(", ")}] to rank ${2 + more.length}`);
    }
    const [last, shape] = [`last:${each.outputs[0]}`, `rows:${each.outputs[0]}`];
    this.#add("Transpose", [this.#name(each.inputs[0] ?? -1)], [last], { perm: [0, 2, 3, 1] });
    this.#ints(shape, [1, rows, values]);
    this.#activated(each, "Reshape", [last, shape], activations.none);
  }

  /** Of rows [1, anchors, classes] at the end; from here on [1, classes, anchors], which is as detectors answer. */
  #logistic(each: TfliteOperator): void {
    const turned = `turned:${each.outputs[0]}`;
    this.#add("Transpose", this.#names(each), [turned], { perm: [0, 2, 1] });
    this.#activated(each, "Sigmoid", [turned], activations.none);
  }

  #concatenate(each: TfliteOperator): void {
    const { shape } = this.#tensor(each.outputs[0] ?? -1);
    if (shape.length !== 3 || each.int(0, 0) !== 1) throw new Error("expected rows to be joined, got maps");
    this.#activated(each, "Concat", this.#names(each), each.byte(1), { axis: 1 });
  }

  /** The operator, and what it does with its result. */
  #activated(
    each: TfliteOperator,
    opType: string,
    input: readonly string[],
    activation: number,
    attributes: Parameters<typeof node>[3] = {},
  ): void {
    const output = this.#name(each.outputs[0] ?? -1);
    if (activation === activations.none) return this.#add(opType, input, [output], attributes);
    const before = `${output}:before`;
    this.#add(opType, input, [before], attributes);
    if (activation === activations.relu) return this.#add("Relu", [before], [output]);
    if (activation !== activations.relu6) throw new Error(`expected ReLU or ReLU6, got number ${activation}`);
    this.#floats("zero", [], [0]);
    this.#floats("six", [], [6]);
    this.#add("Clip", [before, "zero", "six"], [output]);
  }

  #add(
    opType: string,
    input: readonly string[],
    output: readonly string[],
    attributes: Parameters<typeof node>[3] = {},
  ): void {
    this.#nodes.push(node(opType, input, output, attributes));
  }

  /** A constant that several operators share is made once. */
  #floats(
    name: string,
    shape: readonly number[],
    values: ArrayLike<number> | (() => ArrayLike<number>),
  ): void {
    if (this.#constants.has(name)) return;
    this.#constants.set(name, floatTensor(name, shape, typeof values === "function" ? values() : values));
  }

  #ints(name: string, values: readonly number[]): void {
    this.#constants.set(name, int64Tensor(name, [values.length], values));
  }

  #tensor(index: number): TfliteTensor {
    const tensor = this.#file.tensors[index];
    if (!tensor) throw new Error(`expected one of ${this.#file.tensors.length} tensors, got number ${index}`);
    return tensor;
  }

  #name(index: number): string {
    return this.#aliases.get(index) ?? `value:${index}`;
  }

  #names(each: TfliteOperator): string[] {
    return each.inputs.map((index) => this.#name(index));
  }
}
