/**
 * A first convolution over 3 colour channels becomes one over 12: four neighbouring pixels of a row count as one.
 *
 * onnxruntime's fast 8-bit convolution takes input channels in fours; with 3 it falls back to a path that makes the
 * first layer of YOLOv8 the slowest of all. In memory nothing moves: uint8 [n, H, W, 3] is [n, H, W/4, 12]. Each
 * group of four pixels holds two positions of a convolution with stride 2, so there are twice as many output channels,
 * which are two neighbouring pixels again: [n, H/2, W/4, 2 C] is [n, H/2, W/2, C]. The kernel gains zeros where it
 * did not look, and the results stay the same to the bit.
 */
import {
  initializers,
  intAttribute,
  intsAttribute,
  node,
  producers,
  prune,
  replaceInput,
  sort,
} from "../../model/onnx/graph.ts";
import {
  copy,
  dataType,
  type Graph,
  type GraphNode,
  type Model,
  type Tensor,
} from "../../model/onnx/protobuf.ts";
import { dims, int8Tensor, int64Tensor } from "../../model/onnx/tensor.ts";
import { pixelsName } from "../../model/onnx/u8-input.ts";

const group = 4;
const folded = 3 * group;

type First = {
  convolution: GraphNode;
  weights: Tensor;
  channels: number;
  toPlanes: GraphNode;
  quantised: string;
};

/**
 * Takes a graph with Quantize/Dequantize pairs; answers it unchanged when its first convolution is not an 8-bit one
 * of 3 x 3 with stride 2 and padding 1 on the pixels.
 */
export function withFoldedPixels(original: Model): Model {
  const model = copy(original);
  const { graph } = model;
  const first = findFirst(graph);
  if (!first) return original;
  const { convolution, weights, channels, toPlanes, quantised } = first;
  graph.initializer.push(
    int64Tensor("vigil:fold", [4], [0, 0, -1, folded]),
    int64Tensor("vigil:unfold", [4], [0, 0, -1, channels]),
  );
  replaceInput(graph, quantised, "vigil:unfolded");
  toPlanes.input[0] = "vigil:folded";
  graph.node.push(
    node("Reshape", [pixelsName, "vigil:fold"], ["vigil:folded"]),
    node("Transpose", [quantised], ["vigil:folded-rows"], { perm: [0, 2, 3, 1] }),
    node("Reshape", ["vigil:folded-rows", "vigil:unfold"], ["vigil:unfolded-rows"]),
    node("Transpose", ["vigil:unfolded-rows"], ["vigil:unfolded"], { perm: [0, 3, 1, 2] }),
  );
  foldWeights(weights, channels);
  doubleChannels(graph, convolution, weights);
  convolution.attribute = node("Conv", [], [], {
    dilations: [1, 1],
    group: 1,
    kernel_shape: [3, 2],
    pads: [1, 1, 0, 0],
    strides: [2, 1],
  }).attribute;
  prune(graph);
  sort(graph);
  return model;
}

function findFirst(graph: Graph): First | undefined {
  const constants = initializers(graph);
  const producedBy = producers(graph);
  const convolution = graph.node.find(({ opType }) => opType === "Conv");
  const pixels = producedBy.get(convolution?.input[0] ?? "");
  const toPlanes = producedBy.get(pixels?.input[0] ?? "");
  const weights = constants.get(producedBy.get(convolution?.input[1] ?? "")?.input[0] ?? "");
  const reader = graph.node.find(
    ({ input: [name] }) => name !== undefined && name === convolution?.output[0],
  );
  const quantised = reader?.opType === "QuantizeLinear" ? reader.output[0] : undefined;
  if (!convolution || !weights || !toPlanes || quantised === undefined) return undefined;
  const isPixels = pixels?.opType === "DequantizeLinear" && toPlanes.input[0] === pixelsName;
  const [channels = 0, ...kernel] = dims(weights);
  const is = (name: string, values: readonly number[]) =>
    (intsAttribute(convolution, name) ?? values).join() === values.join();
  const fits =
    isPixels &&
    weights.dataType === dataType.int8 &&
    kernel.join() === "3,3,3" &&
    intAttribute(convolution, "group", 1) === 1 &&
    is("strides", [2, 2]) &&
    is("pads", [1, 1, 1, 1]) &&
    is("dilations", [1, 1]) &&
    intsAttribute(convolution, "strides") !== undefined &&
    intsAttribute(convolution, "pads") !== undefined;
  return fits ? { convolution, weights, channels, toPlanes, quantised } : undefined;
}

/** int8 [C, 3, 3, 3] -> [2 C, 12, 3, 2]; a folded channel is 3 x (pixel of the group) + colour. */
function foldWeights(weights: Tensor, channels: number): void {
  const from = new Int8Array(Uint8Array.from(weights.rawData).buffer);
  const to = new Int8Array(2 * channels * folded * 6);
  for (let channel = 0; channel < channels; channel++) {
    for (let tap = 0; tap < 27; tap++) {
      const [colour, y, x] = [Math.floor(tap / 9), Math.floor(tap / 3) % 3, tap % 3];
      for (let position = 0; position < 2; position++) {
        // Columns are counted from the group's first pixel; -1 is the last pixel of the group before.
        const column = 2 * position - 1 + x;
        const inChannel = 3 * ((column + group) % group) + colour;
        const inGroup = column < 0 ? 0 : 1;
        const row = (position * channels + channel) * folded + inChannel;
        to[(row * 3 + y) * 2 + inGroup] = from[channel * 27 + tap] ?? 0;
      }
    }
  }
  Object.assign(weights, int8Tensor(weights.name, [2 * channels, folded, 3, 2], to));
}

/** Scales, zero points and biases of the channels, once for each of the two positions. */
function doubleChannels(graph: Graph, convolution: GraphNode, weights: Tensor): void {
  const constants = initializers(graph);
  const producedBy = producers(graph);
  const parts = convolution.input.slice(1).flatMap((name) => producedBy.get(name)?.input ?? []);
  for (const name of parts) {
    const tensor = constants.get(name);
    if (!tensor || tensor === weights) continue;
    tensor.rawData = Buffer.concat([tensor.rawData, tensor.rawData]);
    tensor.dims = dims(tensor).map((count) => 2 * count);
  }
}
