/**
 * Small detectors of both layouts, built in code with weights from a fixed seed: real convolutions, real heads,
 * milliseconds to run. What they "see" means nothing; that an edit leaves it unchanged does.
 */

import { node, valueInfo } from "../src/model/onnx/graph.ts";
import type { Layout } from "../src/model/onnx/layout.ts";
import {
  dataType,
  decode,
  encode,
  type GraphNode,
  type Model,
  type Tensor,
} from "../src/model/onnx/protobuf.ts";
import { floatTensor, int64Tensor } from "../src/model/onnx/tensor.ts";
import type { Canvas, Picture } from "../src/pipe/decode/index.ts";

export const smallSize = 64;
export const smallLabels = ["person", "car", "dog"];
const channels = 16;
const classes = smallLabels.length;
const strides = [8, 16, 32];
const square: Canvas = { width: smallSize, height: smallSize };

/** Numbers in -1..1 that are the same on every machine (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

/** uint8 [height, width, 3]: blobs and noise. */
export function smallFrame(seed: number, { width, height } = square): Uint8Array {
  const random = seeded(seed);
  const [x0, y0, wave] = [random() * 9, random() * 9, 6 + 3 * random()];
  return Uint8Array.from({ length: width * height * 3 }, (_, index) => {
    const [x, y] = [Math.floor(index / 3) % width, Math.floor(index / 3 / width)];
    return 128 + 70 * Math.sin((x + x0) / wave) + 40 * Math.cos((y + y0) / 7 + (index % 3)) + 15 * random();
  });
}

export function smallPicture(seed: number): Picture {
  return { pixels: smallFrame(seed), canvas: square };
}

/**
 * A static export for one image, f32 [1, 3, height, width], with the batch baked into its Reshape constants and the
 * canvas into its anchors. The weights are the same for every canvas.
 */
export function smallDetector(layout: Layout, canvas = square): Uint8Array {
  const build = new Builder(layout === "yolov8" ? 11 : 23, canvas);
  const scale = layout === "yolov8" ? 1 : 1 / 255;
  let value = build.block("images", 3, "stem", 2, scale);
  value = build.block(value, channels, "down1", 2);
  const eighth = build.bottleneck(build.block(value, channels, "down2", 2), "mix");
  const sixteenth = build.block(eighth, channels, "down3", 2);
  const half = build.pool(build.block(sixteenth, channels, "down4", 2));
  const levels = [build.merge(eighth, sixteenth), sixteenth, half];
  if (layout === "yolov8") build.yolov8Head(levels);
  else build.yoloxHead(levels);
  const anchors = grid(canvas).stride.length;
  return encode(build.model(layout === "yolov8" ? [1, 4 + classes, anchors] : [1, anchors, 5 + classes]));
}

class Builder {
  readonly #nodes: GraphNode[] = [];
  readonly #constants: Tensor[] = [];
  readonly #random: () => number;
  readonly #canvas: Canvas;

  constructor(seed: number, canvas: Canvas) {
    this.#random = seeded(seed);
    this.#canvas = canvas;
  }

  #add(opType: string, input: string[], output: string, attributes: Parameters<typeof node>[3] = {}): string {
    this.#nodes.push(node(opType, input, [output], attributes));
    return output;
  }

  #convolution(
    input: string,
    from: number,
    to: number,
    name: string,
    kernel: number,
    stride: number,
    scale = 1,
  ): string {
    const fan = Math.sqrt(3 / (from * kernel * kernel));
    const weights = Float32Array.from(
      { length: to * from * kernel * kernel },
      () => 2 * fan * scale * this.#random(),
    );
    const bias = Float32Array.from({ length: to }, () => 0.2 * this.#random());
    this.#constants.push(
      floatTensor(`${name}.weight`, [to, from, kernel, kernel], weights),
      floatTensor(`${name}.bias`, [to], bias),
    );
    const border = (kernel - 1) / 2;
    return this.#add("Conv", [input, `${name}.weight`, `${name}.bias`], `${name}.conv`, {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [border, border, border, border],
      dilations: [1, 1],
      group: 1,
    });
  }

  /** Convolution 3 x 3 and SiLU. */
  block(input: string, from: number, name: string, stride: number, scale = 1): string {
    const value = this.#convolution(input, from, channels, name, 3, stride, scale);
    const sigmoid = this.#add("Sigmoid", [value], `${name}.sigmoid`);
    return this.#add("Mul", [value, sigmoid], `${name}.silu`);
  }

  /** Split, one half through a block of its own channels, residual, concatenation: the shape of a C2f. */
  bottleneck(input: string, name: string): string {
    const half = channels / 2;
    this.#constants.push(int64Tensor(`${name}.sizes`, [2], [half, half]));
    this.#nodes.push(node("Split", [input, `${name}.sizes`], [`${name}.left`, `${name}.right`], { axis: 1 }));
    const value = this.#convolution(`${name}.right`, half, half, `${name}.inner`, 3, 1);
    const sum = this.#add("Add", [`${name}.right`, value], `${name}.sum`);
    const joined = this.#add("Concat", [`${name}.left`, sum], `${name}.joined`, { axis: 1 });
    return this.block(joined, channels, `${name}.out`, 1);
  }

  pool(input: string): string {
    return this.#add("MaxPool", [input], "pool", {
      kernel_shape: [3, 3],
      strides: [1, 1],
      pads: [1, 1, 1, 1],
    });
  }

  /** The coarser level, twice as large, beside the finer one. */
  merge(fine: string, coarse: string): string {
    // Before opset 13 the region of interest must be named, even where it is not used.
    this.#constants.push(floatTensor("up.roi", [0], []), floatTensor("up.scales", [4], [1, 1, 2, 2]));
    const up = this.#add("Resize", [coarse, "up.roi", "up.scales"], "up", {
      mode: "nearest",
      coordinate_transformation_mode: "asymmetric",
      nearest_mode: "floor",
    });
    const joined = this.#add("Concat", [up, fine], "merged", { axis: 1 });
    return this.block(joined, 2 * channels, "merge", 1);
  }

  yolov8Head(levels: readonly string[]): void {
    const bins = 8;
    const rows = 4 * bins + classes;
    this.#constants.push(int64Tensor("flat", [3], [1, rows, -1]));
    const flat = levels.map((level, index) => {
      const boxes = this.#convolution(level, channels, 4 * bins, `box${index}`, 1, 1);
      const scores = this.#convolution(level, channels, classes, `class${index}`, 1, 1, 3);
      const joined = this.#add("Concat", [boxes, scores], `level${index}`, { axis: 1 });
      return this.#add("Reshape", [joined, "flat"], `flat${index}`);
    });
    this.#add("Concat", flat, "all", { axis: 2 });
    this.#constants.push(int64Tensor("parts", [2], [4 * bins, classes]), int64Tensor("halves", [2], [2, 2]));
    this.#nodes.push(node("Split", ["all", "parts"], ["raw.boxes", "raw.classes"], { axis: 1 }));
    this.#decodeBoxes(bins);
    this.#add("Sigmoid", ["raw.classes"], "classes");
    this.#add("Concat", ["boxes", "classes"], "output0", { axis: 1 });
  }

  /** The expectation over `bins` for each side, from the anchor's centre, in pixels: YOLOv8's decode. */
  #decodeBoxes(bins: number): void {
    const { x, y, stride } = grid(this.#canvas);
    const anchors = stride.length;
    this.#constants.push(
      int64Tensor("bins.shape", [4], [1, 4, bins, anchors]),
      int64Tensor("sides.shape", [3], [1, 4, anchors]),
      floatTensor(
        "bins.values",
        [1, bins, 1, 1],
        Array.from({ length: bins }, (_, bin) => bin),
      ),
      floatTensor("centres", [1, 2, anchors], [...x, ...y]),
      floatTensor("strides", [1, anchors], stride),
      floatTensor("two", [], [2]),
    );
    this.#add("Reshape", ["raw.boxes", "bins.shape"], "bins");
    this.#add("Transpose", ["bins"], "bins.first", { perm: [0, 2, 1, 3] });
    this.#add("Softmax", ["bins.first"], "shares", { axis: 1 });
    this.#add("Conv", ["shares", "bins.values"], "expected", { kernel_shape: [1, 1] });
    this.#add("Reshape", ["expected", "sides.shape"], "sides");
    this.#nodes.push(node("Split", ["sides", "halves"], ["before", "after"], { axis: 1 }));
    this.#add("Sub", ["centres", "before"], "corner1");
    this.#add("Add", ["centres", "after"], "corner2");
    this.#add("Add", ["corner1", "corner2"], "corners");
    this.#add("Div", ["corners", "two"], "centre");
    this.#add("Sub", ["corner2", "corner1"], "size");
    this.#add("Concat", ["centre", "size"], "cells", { axis: 1 });
    this.#add("Mul", ["cells", "strides"], "boxes");
  }

  yoloxHead(levels: readonly string[]): void {
    this.#constants.push(int64Tensor("flat", [3], [1, 5 + classes, -1]));
    const flat = levels.map((level, index) => {
      const boxes = this.#convolution(level, channels, 4, `box${index}`, 1, 1, 0.1);
      const object = this.#convolution(level, channels, 1, `object${index}`, 1, 1, 0.3);
      const scores = this.#convolution(level, channels, classes, `class${index}`, 1, 1, 0.3);
      const parts = [
        boxes,
        ...[object, scores].map((part) => this.#add("Sigmoid", [part], `${part}.sigmoid`)),
      ];
      const joined = this.#add("Concat", parts, `level${index}`, { axis: 1 });
      return this.#add("Reshape", [joined, "flat"], `flat${index}`);
    });
    this.#add("Concat", flat, "all", { axis: 2 });
    this.#add("Transpose", ["all"], "output0", { perm: [0, 2, 1] });
  }

  model(output: readonly number[]): Model {
    const { width, height } = this.#canvas;
    return decode(
      encode({
        irVersion: 8,
        producerName: "vigil test",
        producerVersion: "",
        opsetImport: [{ domain: "", version: 13 }],
        metadataProps: [],
        graph: {
          name: "small",
          node: this.#nodes,
          initializer: this.#constants,
          input: [valueInfo("images", dataType.float32, [1, 3, height, width])],
          output: [valueInfo("output0", dataType.float32, output)],
          valueInfo: [],
        },
      }),
    );
  }
}

function grid({ width, height }: Canvas): { x: number[]; y: number[]; stride: number[] } {
  const cells = strides.flatMap((stride) =>
    Array.from({ length: (width / stride) * (height / stride) }, (_, position) => ({
      x: (position % (width / stride)) + 0.5,
      y: Math.floor(position / (width / stride)) + 0.5,
      stride,
    })),
  );
  return {
    x: cells.map(({ x }) => x),
    y: cells.map(({ y }) => y),
    stride: cells.map(({ stride }) => stride),
  };
}
