/**
 * Raising the operator set of a model: per-channel quantisation and 8-bit MaxPool need 13 at least.
 *
 * Only the changes between the versions that the known layouts meet are made; a model that uses an operator
 * whose meaning changed in another way is refused.
 * Source: the changelog of the standard operators (onnx/onnx, docs/Changelog.md).
 */
import { hoistConstants, intAttribute, intsAttribute, opset } from "./graph.ts";
import { copy, type GraphNode, type Model } from "./protobuf.ts";
import { int64Tensor } from "./tensor.ts";

export const opsetMin = 13;

/** Leaves models of opset 13 and above as they are; takes 11 and 12; throws below. */
export function withOpset13(original: Model): Model {
  const model = copy(original);
  hoistConstants(model.graph);
  const version = opset(model);
  if (version >= opsetMin) return model;
  if (version < 11) throw new Error(`expected opset 11 or newer, got ${version}; export the model again`);
  for (const each of model.graph.node) {
    const listName = axesBecameInput[each.opType];
    const list = listName ? intsAttribute(each, listName) : undefined;
    if (listName && list) {
      const name = `vigil:${listName}:${each.output[0]}`;
      model.graph.initializer.push(int64Tensor(name, [list.length], list));
      each.input.push(name);
      each.attribute = each.attribute.filter((attribute) => attribute.name !== listName);
    }
    if (each.opType === "Softmax") refuseFlattening(each);
  }
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

/** Before 13 Softmax flattened everything from its axis on; only for the last axis do both mean the same. */
function refuseFlattening(each: GraphNode): void {
  const axis = intAttribute(each, "axis", 1);
  if (axis !== -1) {
    throw new Error(
      `expected Softmax ${each.name} to have axis -1, got ${axis}; export the model with opset 13 or newer`,
    );
  }
}
