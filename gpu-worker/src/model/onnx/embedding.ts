/**
 * A detector that also says what a picture looks like as a whole: its backbone's features at three scales, averaged over the
 * picture, each scale of length 1, one behind the other. That costs a fiftieth of looking, and no second model.
 *
 * Where the backbone ends is told by the first two upsamplings, which begin the neck of every detector of this family: what
 * they enlarge is the coarsest map, and what they are joined with are the two finer ones.
 */

import { batchDimension } from "./dynamic-batch.ts";
import { consumers, intAttribute, node, producers, sort, valueInfo } from "./graph.ts";
import { copy, dataType, type Graph, type Model } from "./protobuf.ts";

/** float32 [n, numbers] */
export const embeddingName = "embedding";

/** @returns the model itself, without an embedding, when it has no such neck */
export function withEmbedding(original: Model): Model {
  const maps = backboneEnds(original.graph);
  if (maps === undefined) return original;
  const model = copy(original);
  const { graph } = model;
  const parts = maps.map((map, at) => {
    const [pooled, flat, part] = ["pooled", "flat", "part"].map((word) => `vigil:embedding-${word}:${at}`);
    graph.node.push(
      node("GlobalAveragePool", [map], [pooled ?? ""]),
      node("Flatten", [pooled ?? ""], [flat ?? ""], { axis: 1 }),
      node("LpNormalization", [flat ?? ""], [part ?? ""], { axis: 1, p: 2 }),
    );
    return part ?? "";
  });
  graph.node.push(node("Concat", parts, [embeddingName], { axis: 1 }));
  graph.output.push(valueInfo(embeddingName, dataType.float32, [batchDimension, "numbers"]));
  sort(graph);
  return model;
}

/** The names of the maps, the finest first. */
function backboneEnds(graph: Graph): string[] | undefined {
  const usedBy = consumers(graph);
  const producedBy = producers(graph);
  const [first, second] = graph.node.filter(({ opType }) => opType === "Resize" || opType === "Upsample");
  const coarsest = first?.input[0];
  const [middle, finest] = [first, second].map((enlarged) => {
    const [output = ""] = enlarged?.output ?? [];
    const join = usedBy
      .get(output)
      ?.find((each) => each.opType === "Concat" && intAttribute(each, "axis", 0) === 1);
    return join?.input.find((name) => name !== output);
  });
  const maps = [finest, middle, coarsest].flatMap((name) => name ?? []);
  return maps.length === 3 && maps.every((name) => producedBy.has(name)) ? maps : undefined;
}
