/**
 * The last convolutions of a YOLOv8 head, only where it matters: the anchors are ranked by class scores in 8 bits, and
 * the best of them get their exact values in float32.
 *
 * The last convolutions answer the head directly, so that rounding there would move boxes and confidences. In float32
 * they and the way to and from them cost an eighth of an INT8 inference, for thousands of anchors of which a few
 * hundred are kept. All are 1 x 1, so that an anchor's value needs that anchor's features alone: those of the selected
 * ones are gathered, still in 8 bits, and multiplied as floats. What is selected has the values that it had; the only
 * difference is which anchors come last among the candidates, far below any threshold.
 */
import {
  initializers,
  intAttribute,
  intsAttribute,
  node,
  opset,
  producers,
  prune,
  replaceInput,
  sort,
} from "../../model/onnx/graph.ts";
import { copy, type Graph, type GraphNode, type Model, type Tensor } from "../../model/onnx/protobuf.ts";
import { dims, floatTensor, int64Tensor, readFloats, uint8Tensor } from "../../model/onnx/tensor.ts";
import { positionsName } from "../../model/onnx/top-anchors.ts";
import { toAffine } from "./affine.ts";
import { quantiseConvolution } from "./insert-qdq.ts";

/** Logits beyond are the same to a ranking: confidences below 0.0003 and above 0.9997. */
const rankedLogits = toAffine({ min: -8, max: 8 });

/** One of the maps that a head looks at: 8-bit features [n, C, H, W], and the 1 x 1 convolution that answers for each position. */
type Level = {
  features: string;
  scale: string;
  zeroPoint: string;
  convolution: GraphNode;
};

type Head = {
  /** Selects anchors by the largest of their class logits. */
  topK: GraphNode;
  logits: readonly Level[];
  /** Which class of a selected anchor is the likeliest. */
  argMax: GraphNode;
  /** What else is gathered for the selected anchors, and where it comes from. */
  boxes: readonly { gather: GraphNode; levels: readonly Level[] }[];
};

/**
 * Takes a prepared graph with Quantize/Dequantize pairs; answers it unchanged when it does not end in such a head, or
 * when the features of one do not come in 8 bits. Weights of the ranking are -weightMax..weightMax.
 */
export function withRankingFirst(original: Model, weightMax: 127 | 63): Model {
  const model = copy(original);
  const { graph } = model;
  const head = findHead(graph);
  if (!head) return original;
  const { topK, logits, argMax, boxes } = head;
  const [bestLogits = ""] = topK.output;
  const [classes = ""] = argMax.output;
  const [bestOfAll = "", count = ""] = topK.input;

  replaceInput(graph, bestOfAll, rank(model, logits, weightMax));
  setOutputs(topK, ["vigil:best-ranks", "vigil:ranked-places"]);

  const exact = answer(graph, "vigil:exact-logits", logits, "vigil:ranked-places");
  setOutputs(argMax, [`${classes}:ranked`]);
  graph.node.push(
    largest(model, exact, "vigil:exact-best", 2),
    node("TopK", ["vigil:exact-best", count], [bestLogits, "vigil:order"], {
      axis: 1,
      largest: 1,
      sorted: 1,
    }),
    node("GatherElements", ["vigil:ranked-places", "vigil:order"], [positionsName], { axis: 1 }),
    node("ArgMax", [exact], ["vigil:exact-classes"], { axis: 2, keepdims: 0 }),
    node("GatherElements", ["vigil:exact-classes", "vigil:order"], [classes], { axis: 1 }),
  );
  for (const { gather, levels } of boxes) {
    const [output = ""] = gather.output;
    setOutputs(gather, [`${output}:of-all`]);
    const selected = answer(graph, `${output}:exact`, levels, positionsName);
    graph.node.push(node("Transpose", [selected], [output], { perm: [0, 2, 1] }));
  }
  prune(graph);
  sort(graph);
  return model;
}

/** A node is named after its output. */
function setOutputs(each: GraphNode, output: string[]): void {
  each.output = output;
  each.name = `${each.opType}:${output[0]}`;
}

function findHead(graph: Graph): Head | undefined {
  const producedBy = producers(graph);
  const levelsOf = levelReader(graph);
  const topK = producedBy.get(positionsName);
  const reduce = producedBy.get(topK?.input[0] ?? "");
  const all = reduce?.input[0];
  // Only logits have a range that is known beforehand: those that a sigmoid follows.
  const sigmoid = graph.node.find(
    ({ opType, input }) => opType === "Sigmoid" && input[0] === topK?.output[0],
  );
  const gathers = graph.node.filter(
    (each) => each.opType === "GatherElements" && intAttribute(each, "axis", 0) === 2,
  );
  const ranked = gathers.find(({ input }) => input[0] === all);
  const argMax = graph.node.find(
    ({ opType, input }) => opType === "ArgMax" && input[0] === ranked?.output[0],
  );
  const logits = levelsOf(all);
  if (topK?.opType !== "TopK" || reduce?.opType !== "ReduceMax" || !sigmoid || !argMax || !logits) {
    return undefined;
  }
  const boxes = gathers.flatMap((gather) => {
    const levels = gather === ranked ? undefined : levelsOf(gather.input[0]);
    return levels ? [{ gather, levels }] : [];
  });
  return { topK, logits, argMax, boxes };
}

/** Finds the levels behind a value [n, K, anchors], or undefined when it was not made of levels with 8-bit features. */
function levelReader(graph: Graph): (name: string | undefined) => Level[] | undefined {
  const producedBy = producers(graph);
  const constants = initializers(graph);
  const levelOf = (flat: string): Level | undefined => {
    const flatten = producedBy.get(flat);
    const convolution = producedBy.get(flatten?.input[0] ?? "");
    const dequantise = producedBy.get(convolution?.input[0] ?? "");
    if (flatten?.opType !== "Reshape" || convolution?.opType !== "Conv") return undefined;
    if (dequantise?.opType !== "DequantizeLinear") return undefined;
    const [features = "", scale = "", zeroPoint = ""] = dequantise.input;
    const isConstant = [scale, zeroPoint, ...convolution.input.slice(1)].every((name) => constants.has(name));
    const answersEachPosition =
      convolution.input.length === 3 &&
      intAttribute(convolution, "group", 1) === 1 &&
      ["kernel_shape", "strides"].every((name) => intsAttribute(convolution, name)?.join() === "1,1");
    return isConstant && answersEachPosition ? { features, scale, zeroPoint, convolution } : undefined;
  };
  return (name = "") => {
    const join = producedBy.get(name);
    if (join?.opType !== "Concat" || intAttribute(join, "axis", 0) !== 2) return undefined;
    const levels = join.input.map(levelOf);
    return levels.every((level) => level !== undefined) ? levels : undefined;
  };
}

/** Answers the name of float32 [n, anchors]: the largest class logit of each, rounded to 8 bits. */
function rank(model: Model, levels: readonly Level[], weightMax: 127 | 63): string {
  const { graph } = model;
  const constants = initializers(graph);
  graph.initializer.push(
    floatTensor("vigil:rank-scale", [], [rankedLogits.scale]),
    uint8Tensor("vigil:rank-zero", [], [rankedLogits.zeroPoint]),
    int64Tensor("vigil:rank-row", [2], [0, -1]),
  );
  const affine = ["vigil:rank-scale", "vigil:rank-zero"];
  const ranks = levels.map(({ convolution, scale }) => {
    const named = (part: string) => `vigil:rank:${convolution.output[0]}:${part}`;
    const ranking = node("Conv", convolution.input, [named("logits")]);
    ranking.attribute = convolution.attribute;
    const inputScale = readFloats(constantOf(constants, scale))[0] ?? 1;
    quantiseConvolution(graph, ranking, constants, { scale: inputScale, zeroPoint: 0 }, weightMax);
    graph.node.push(
      ranking,
      node("QuantizeLinear", [named("logits"), ...affine], [named("levels")]),
      node("Transpose", [named("levels")], [named("places")], { perm: [0, 2, 3, 1] }),
      largest(model, named("places"), named("map"), 3),
      node("Reshape", [named("map"), "vigil:rank-row"], [named("row")]),
    );
    return named("row");
  });
  graph.node.push(
    node("Concat", ranks, ["vigil:all-ranks"], { axis: 1 }),
    node("DequantizeLinear", ["vigil:all-ranks", ...affine], ["vigil:ranks"]),
  );
  return "vigil:ranks";
}

/**
 * What the levels' convolutions answer at `positions` int64 [n, M] only: the name of float32 [n, M, K]. Each level answers
 * for all of them, for its nearest position where one is another level's, and the right answer is taken.
 */
function answer(graph: Graph, name: string, levels: readonly Level[], positions: string): string {
  const constants = initializers(graph);
  const named = (part: string) => `${name}:${part}`;
  const add = (...nodes: GraphNode[]) => graph.node.push(...nodes);
  graph.initializer.push(
    int64Tensor(named("0"), [1], [0]),
    int64Tensor(named("1"), [1], [1]),
    int64Tensor(named("2"), [1], [2]),
  );
  let start = named("0");
  const answers = levels.map((level, index) => {
    const of = (part: string) => named(`${index}:${part}`);
    const weights = constantOf(constants, level.convolution.input[1]);
    const [outputs = 0, inputs = 0] = dims(weights);
    graph.initializer.push(
      int64Tensor(of("rows-shape"), [3], [0, -1, inputs]),
      floatTensor(of("weights"), [inputs, outputs], transposed(readFloats(weights), outputs, inputs)),
    );
    const here = start;
    start = of("end");
    add(
      node("Transpose", [level.features], [of("pixels")], { perm: [0, 2, 3, 1] }),
      node("Reshape", [of("pixels"), of("rows-shape")], [of("rows")]),
      node("Shape", [of("rows")], [of("shape")]),
      node("Slice", [of("shape"), named("1"), named("2")], [of("size")]),
      node("Add", [here, of("size")], [of("end")]),
      node("Sub", [of("size"), named("1")], [of("last")]),
      node("Sub", [positions, here], [of("from-here")]),
      node("Min", [of("from-here"), of("last")], [of("at-most")]),
      node("Max", [of("at-most"), named("0")], [of("place")]),
      node("Unsqueeze", [of("place"), named("2")], [of("index")]),
      node("GatherND", [of("rows"), of("index")], [of("picked")], { batch_dims: 1 }),
      node("DequantizeLinear", [of("picked"), level.scale, level.zeroPoint], [of("features")]),
      node("MatMul", [of("features"), of("weights")], [of("product")]),
      node("Add", [of("product"), level.convolution.input[2] ?? ""], [of("answer")]),
      node("Less", [positions, of("end")], [of("before-end")]),
      node("Unsqueeze", [of("before-end"), named("2")], [of("is-here")]),
    );
    return { value: of("answer"), isBeforeEnd: of("is-here") };
  });
  const [last, ...others] = answers.toReversed();
  return others.reduce((later, { value, isBeforeEnd }, index) => {
    const chosen = named(`chosen:${index}`);
    add(node("Where", [isBeforeEnd, value, later], [chosen]));
    return chosen;
  }, last?.value ?? "");
}

/** From opset 18 on the axes are an input instead of an attribute. */
function largest(model: Model, input: string, output: string, axis: number): GraphNode {
  if (opset(model) < 18) return node("ReduceMax", [input], [output], { axes: [axis], keepdims: 0 });
  const axes = `${output}:axis`;
  model.graph.initializer.push(int64Tensor(axes, [1], [axis]));
  return node("ReduceMax", [input, axes], [output], { keepdims: 0 });
}

function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  return values.map((_, index) => values[(index % rows) * columns + Math.floor(index / rows)] ?? 0);
}

function constantOf(constants: ReadonlyMap<string, Tensor>, name = ""): Tensor {
  const found = constants.get(name);
  if (!found) throw new Error(`expected a constant ${name}, got none`);
  return found;
}
