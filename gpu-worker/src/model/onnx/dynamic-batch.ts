/**
 * A model exported for one image becomes one for n images.
 *
 * A static export bakes the batch of 1 into its declared shapes and into constants: target shapes of Reshape and
 * Expand, sizes of Resize. In a target shape, 0 means "as in the input", which is what a batch must be.
 * An operator that mixes the images of a batch in another way is refused, not guessed at. An export that is dynamic
 * already keeps its graph.
 */
import { dimension, hoistConstants, initializers, intAttribute, prune, shapeOf } from "./graph.ts";
import { copy, type GraphNode, type Model, type Tensor } from "./protobuf.ts";
import { int64Tensor, readInts } from "./tensor.ts";

/** The name of the batch dimension in the edited model. */
export const batchDimension = "n";

/** Throws when the model depends on its batch size in a way that this edit does not know. */
export function withDynamicBatch(original: Model): Model {
  const model = copy(original);
  const { graph } = model;
  hoistConstants(graph);
  const constants = initializers(graph);
  const isStatic = graph.input.some(
    (value) => !constants.has(value.name) && typeof shapeOf(value)?.[0] === "number",
  );
  for (const value of [...graph.input, ...graph.output]) {
    const dim = constants.has(value.name) ? undefined : value.type?.tensorType?.shape?.dim;
    if (dim?.[0]) dim[0] = dimension(batchDimension);
  }
  for (const each of isStatic ? graph.node : []) {
    refuseBatchAxis(each);
    if (each.opType === "Reshape") freeTargetShape(each, constants, graph.initializer, 0);
    if (each.opType === "Expand") freeTargetShape(each, constants, graph.initializer, 1);
    if (each.opType === "Resize") refuseFixedSizes(each, constants);
  }
  prune(graph);
  return model;
}

/**
 * Gives the node a target shape of its own whose first size is `free`.
 * Reshape reads 0 as "as in the input"; Expand broadcasts, so 1 leaves the batch alone.
 */
function freeTargetShape(
  each: GraphNode,
  constants: ReadonlyMap<string, Tensor>,
  added: Tensor[],
  free: 0 | 1,
): void {
  const shape = constants.get(each.input[1] ?? "");
  if (!shape) return;
  const [batch, ...rest] = readInts(shape);
  if (batch === free || batch === -1) return;
  if (batch !== 1) {
    throw refusal(
      each,
      `a target shape that begins with the batch of 1, got [${[batch, ...rest].join(", ")}]`,
    );
  }
  const name = `${shape.name}:batch:${each.output[0]}`;
  added.push(int64Tensor(name, [rest.length + 1], [free, ...rest]));
  each.input[1] = name;
}

/** A Resize with constant sizes would need the batch among them; with scales it does not. */
function refuseFixedSizes(each: GraphNode, constants: ReadonlyMap<string, Tensor>): void {
  const sizes = each.input[3];
  if (sizes && constants.has(sizes)) throw refusal(each, "scales instead of constant sizes");
}

const axisOperators = new Set(["Concat", "Split", "Softmax", "Gather", "ArgMax", "TopK"]);

function refuseBatchAxis(each: GraphNode): void {
  if (!axisOperators.has(each.opType)) return;
  const fallback = each.opType === "Softmax" || each.opType === "TopK" ? -1 : 0;
  if (intAttribute(each, "axis", fallback) === 0 && each.opType !== "Gather") {
    throw refusal(each, "an axis other than the batch's");
  }
}

function refusal(each: GraphNode, wanted: string): Error {
  return new Error(
    `cannot give this model a dynamic batch: expected ${each.opType} ${each.name} to have ${wanted}; ` +
      "export it with a dynamic batch instead",
  );
}
