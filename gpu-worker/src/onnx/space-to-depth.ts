/**
 * A first convolution over 3 colour channels becomes one over 12: each 2 x 2 block of pixels moves into channels.
 *
 * onnxruntime's fast 8-bit convolution takes input channels in fours; with 3 it falls back to a path that makes
 * the first layer of YOLOv8 the slowest of all. A 3 x 3 kernel with stride 2 and padding 1 looks at the blocks
 * (i-1, i) in each direction, so it is a 2 x 2 kernel with stride 1 over blocks, with zeros where it did not look.
 * The results are the same.
 */
import { initializers, intAttribute, intsAttribute, node, prune, shapeOf, sort } from "./graph.ts";
import { copy, type GraphNode, type Model, type Tensor } from "./protobuf.ts";
import { dims, floatTensor, int64Tensor, readFloats } from "./tensor.ts";
import { pixelsName } from "./u8-input.ts";

const blockChannels = 12;

/** Answers the model unchanged when its first convolution is not 3 x 3 with stride 2 and padding 1 on the pixels. */
export function withSpaceToDepth(original: Model): Model {
  const model = copy(original);
  const { graph } = model;
  const constants = initializers(graph);
  const [input] = graph.input;
  const size = input ? shapeOf(input)?.[1] : undefined;
  const toPlanes = graph.node.find(
    ({ opType, input: [name] }) => opType === "Transpose" && name === pixelsName,
  );
  const first = graph.node.find(({ opType }) => opType === "Conv");
  const weight = constants.get(first?.input[1] ?? "");
  if (!toPlanes || !first || !weight || typeof size !== "number" || !isFoldable(first, weight, graph.node)) {
    return original;
  }
  const half = size / 2;
  graph.initializer.push(
    int64Tensor("vigil:blocks", [5], [0, half, 2, half, 6]),
    int64Tensor("vigil:block-channels", [4], [0, half, half, blockChannels]),
    foldedWeights(weight),
  );
  graph.node.push(
    node("Reshape", [pixelsName, "vigil:blocks"], ["vigil:pixel-blocks"]),
    node("Transpose", ["vigil:pixel-blocks"], ["vigil:block-rows"], { perm: [0, 1, 3, 2, 4] }),
    node("Reshape", ["vigil:block-rows", "vigil:block-channels"], ["vigil:blocked"]),
  );
  toPlanes.input[0] = "vigil:blocked";
  first.input[1] = foldedName(weight);
  first.attribute = node("Conv", [], [], {
    dilations: [1, 1],
    group: 1,
    kernel_shape: [2, 2],
    pads: [1, 1, 0, 0],
    strides: [1, 1],
  }).attribute;
  prune(graph);
  sort(graph);
  return model;
}

/** The pixels must reach the convolution through nothing but the chain of `u8-input.ts` without a channel swap. */
function isFoldable(first: GraphNode, weight: Tensor, nodes: readonly GraphNode[]): boolean {
  const before = nodes.slice(0, nodes.indexOf(first)).map(({ opType }) => opType);
  const is = (name: string, values: readonly number[]) =>
    intsAttribute(first, name)?.join() === values.join();
  return (
    before.join() === "Transpose,Cast,Mul" &&
    dims(weight).slice(1).join() === "3,3,3" &&
    intAttribute(first, "group", 1) === 1 &&
    is("kernel_shape", [3, 3]) &&
    is("strides", [2, 2]) &&
    is("pads", [1, 1, 1, 1]) &&
    (intsAttribute(first, "dilations") ?? [1, 1]).join() === "1,1"
  );
}

const foldedName = (weight: Tensor): string => `${weight.name}:blocks`;

/** [channels, 3, 3, 3] -> [channels, 12, 2, 2]; a block's channel is 6 x row + 3 x column + colour. */
function foldedWeights(weight: Tensor): Tensor {
  const [channels = 0] = dims(weight);
  const from = readFloats(weight);
  const to = new Float32Array(channels * blockChannels * 4);
  for (let channel = 0; channel < channels; channel++) {
    for (let tap = 0; tap < 27; tap++) {
      const [colour, y, x] = [Math.floor(tap / 9), Math.floor(tap / 3) % 3, tap % 3];
      // Tap 0 of three lies in the block before, at its second place; taps 1 and 2 are the block's own two places.
      const [blockY, blockX] = [y === 0 ? 0 : 1, x === 0 ? 0 : 1];
      const place = 6 * (y === 1 ? 0 : 1) + 3 * (x === 1 ? 0 : 1) + colour;
      to[((channel * blockChannels + place) * 2 + blockY) * 2 + blockX] = from[channel * 27 + tap] ?? 0;
    }
  }
  return floatTensor(foldedName(weight), [channels, blockChannels, 2, 2], to);
}
