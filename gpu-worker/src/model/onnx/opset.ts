/**
 * Raising the operator set of a model: per-channel quantisation and 8-bit MaxPool need 13 at least.
 *
 * Only the changes that the known layouts meet are made; what is prepared is compared with the original afterwards.
 * Source: the changelog of the standard operators (onnx/onnx, docs/Changelog.md).
 */
import { hoistConstants, intAttribute, intsAttribute, node, opset } from "./graph.ts";
import { copy, type Graph, type GraphNode, type Model } from "./protobuf.ts";
import { int64Tensor } from "./tensor.ts";

const opsetMin = 13;

/** Leaves models of opset 13 and above as they are; takes 11 and 12; throws below. */
export function withOpset13(original: Model): Model {
  const model = copy(original);
  hoistConstants(model.graph);
  const version = opset(model);
  if (version >= opsetMin) return model;
  if (version < 11) throw new Error(`expected opset 11 or newer, got ${version}; export the model again`);
  model.graph.node = model.graph.node.flatMap((each) =>
    each.opType === "Softmax" ? keepFlattening(each) : [withAxesInput(each, model.graph)],
  );
  const standard = model.opsetImport.find(({ domain }) => domain === "" || domain === "ai.onnx");
  if (standard) standard.version = opsetMin;
  return model;
}

/** In version 13 these attributes became the second input. */
const axesBecameInput: Readonly<Record<string, string>> = Object.freeze({
  Split: "split",
  Squeeze: "axes",
  Unsqueeze: "axes",
  ReduceSum: "axes",
});

function withAxesInput(each: GraphNode, graph: Graph): GraphNode {
  const listName = axesBecameInput[each.opType];
  const list = listName ? intsAttribute(each, listName) : undefined;
  if (!listName || !list) return each;
  const name = `vigil:${listName}:${each.output[0]}`;
  graph.initializer.push(int64Tensor(name, [list.length], list));
  each.input.push(name);
  each.attribute = each.attribute.filter((attribute) => attribute.name !== listName);
  return each;
}

/** Before 13 Softmax took all axes from its own on as one; later only its own. */
function keepFlattening(each: GraphNode): GraphNode[] {
  const axis = intAttribute(each, "axis", 1);
  const [input = ""] = each.input;
  const [output = ""] = each.output;
  if (axis === -1) return [each];
  const [shape, flat, shares] = [`${output}:shape`, `${output}:flat`, `${output}:flat-shares`];
  return [
    node("Shape", [input], [shape]),
    node("Flatten", [input], [flat], { axis }),
    node("Softmax", [flat], [shares], { axis: -1 }),
    node("Reshape", [shares, shape], [output]),
  ];
}
