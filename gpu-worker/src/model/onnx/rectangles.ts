/**
 * A detector that takes squares becomes one that takes any rectangle up to that square: uint8 [n, H, W, 3], H and W
 * multiples of 32, at most S.
 *
 * A camera's picture is wide: in a square input a quarter (4:3) to nearly a half (16:9) of the work goes into the grey
 * above and below it. Ultralytics' own predictor leaves that grey out ("rectangular inference"). The convolutions do
 * not mind; only the tables of anchors, which exporters bake in for the square, have to be read at other rows: the
 * cells of a smaller grid are the top left corner of the larger one.
 */
import { InferenceSession, Tensor } from "../runtime/index.ts";
import { anchorCount, cellPixels, strides } from "./anchors.ts";
import { batchDimension } from "./dynamic-batch.ts";
import { initializers, node, sort, valueInfo } from "./graph.ts";
import { copy, dataType, type GraphNode, type Model } from "./protobuf.ts";
import { dims, int64Tensor } from "./tensor.ts";
import { positionsName } from "./top-anchors.ts";
import { pixelsName } from "./u8-input.ts";

/** The model must have uint8 input and reduced output. What it answers for squares stays the same. */
export function withRectangles(original: Model, inputSize: number): Model {
  const model = copy(original);
  const { graph } = model;
  graph.input = [valueInfo(pixelsName, dataType.uint8, [batchDimension, "height", "width", 3])];
  const constants = initializers(graph);
  const anchors = anchorCount(inputSize);
  const isTable = (name: string): boolean => {
    const constant = constants.get(name);
    return constant !== undefined && dims(constant)[0] === anchors;
  };
  const readers = graph.node.filter(
    ({ opType, input }) => opType === "Gather" && input[1] === positionsName && isTable(input[0] ?? ""),
  );
  if (readers.length === 0) return model;
  const inSquare = "vigil:places-in-square";
  for (const reader of readers) reader.input[1] = inSquare;
  const map = positionsInSquare(inputSize);
  graph.initializer.push(...map.constants);
  graph.node.push(...map.nodes, node("Gather", [map.output, positionsName], [inSquare], { axis: 0 }));
  sort(graph);
  return model;
}

/** For every anchor of the rectangle, in the order of the raw output, its position among those of the square. */
function positionsInSquare(inputSize: number) {
  const constants = [
    int64Tensor("vigil:height-at", [1], [1]),
    int64Tensor("vigil:behind-width", [1], [3]),
    int64Tensor("vigil:corner", [2], [0, 0]),
    int64Tensor("vigil:grid-axes", [2], [0, 1]),
    int64Tensor("vigil:one-row", [1], [-1]),
  ];
  const nodes: GraphNode[] = [
    node("Shape", [pixelsName], ["vigil:pixels-shape"]),
    node("Slice", ["vigil:pixels-shape", "vigil:height-at", "vigil:behind-width"], ["vigil:sides"]),
  ];
  let first = 0;
  const rows = strides.map((stride) => {
    const side = inputSize / stride;
    const named = (part: string) => `vigil:${part}:${stride}`;
    const start = first;
    first += side * side;
    constants.push(
      int64Tensor(named("stride"), [1], [stride]),
      int64Tensor(
        named("square"),
        [side, side],
        Array.from({ length: side * side }, (_, position) => start + position),
      ),
    );
    nodes.push(
      node("Div", ["vigil:sides", named("stride")], [named("cells")]),
      node("Slice", [named("square"), "vigil:corner", named("cells"), "vigil:grid-axes"], [named("grid")]),
      node("Reshape", [named("grid"), "vigil:one-row"], [named("places")]),
    );
    return named("places");
  });
  nodes.push(node("Concat", rows, ["vigil:square-places"], { axis: 0 }));
  return { constants, nodes, output: "vigil:square-places" };
}

/** Whether the graph runs on rectangles of both orientations; an export may fix its size in yet another way. */
export async function takesRectangles(model: Uint8Array, inputSize: number): Promise<boolean> {
  const session = await InferenceSession.create(model, { executionProviders: ["cpu"], logSeverityLevel: 4 });
  const short = Math.ceil(inputSize / 2 / cellPixels) * cellPixels;
  try {
    for (const [height, width] of [
      [short, inputSize],
      [inputSize, short],
    ] as const) {
      const pixels = new Uint8Array(height * width * 3).fill(114);
      await session.run({ [pixelsName]: new Tensor("uint8", pixels, [1, height, width, 3]) });
    }
    return true;
  } catch {
    return false;
  } finally {
    await session.release();
  }
}
