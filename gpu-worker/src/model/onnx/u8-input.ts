/**
 * Pixels as the decoder leaves them become the model's input: `images` uint8 [n, S, S, 3], RGB.
 *
 * Transposing, reversing the channels, casting and scaling move into the graph, where they cost next to nothing,
 * and a quarter of the bytes travels. The graph keeps this exact chain, which the quantiser looks for:
 * Transpose (still uint8) -> [Gather, RGB to BGR] -> Cast to float32 -> [Mul by 1/255].
 */
import { batchDimension } from "./dynamic-batch.ts";
import { initializers, node, replaceInput, shapeOf, valueInfo } from "./graph.ts";
import type { Layout } from "./layout.ts";
import { copy, dataType, type GraphNode, type Model } from "./protobuf.ts";
import { floatTensor, int64Tensor } from "./tensor.ts";

export const pixelsName = "images";

/** The model must take f32 [n, 3, S, S]: BGR 0..255 for `yolox`, RGB 0..1 for the others. */
export function withUint8Input(
  original: Model,
  { layout, inputSize }: { layout: Layout; inputSize: number },
): Model {
  const model = copy(original);
  const { graph } = model;
  const constants = initializers(graph);
  const input = graph.input.find(({ name }) => !constants.has(name));
  if (!input || shapeOf(input)?.length !== 4 || input.type?.tensorType?.elemType !== dataType.float32) {
    throw new Error(
      "expected a model with an input f32 [n, 3, S, S], got another; prepare the original export",
    );
  }
  const float = "vigil:pixels";
  replaceInput(graph, input.name, float);
  graph.input = [valueInfo(pixelsName, dataType.uint8, [batchDimension, inputSize, inputSize, 3])];
  const chain: GraphNode[] = [
    node("Transpose", [pixelsName], [layout === "yolox" ? "vigil:rgb" : "vigil:planes"], {
      perm: [0, 3, 1, 2],
    }),
  ];
  if (layout === "yolox") {
    graph.initializer.push(int64Tensor("vigil:bgr-order", [3], [2, 1, 0]));
    chain.push(node("Gather", ["vigil:rgb", "vigil:bgr-order"], ["vigil:planes"], { axis: 1 }));
    chain.push(node("Cast", ["vigil:planes"], [float], { to: dataType.float32 }));
  } else {
    graph.initializer.push(floatTensor("vigil:pixel-scale", [], [1 / 255]));
    chain.push(node("Cast", ["vigil:planes"], ["vigil:bytes"], { to: dataType.float32 }));
    chain.push(node("Mul", ["vigil:bytes", "vigil:pixel-scale"], [float]));
  }
  graph.node.unshift(...chain);
  return model;
}
