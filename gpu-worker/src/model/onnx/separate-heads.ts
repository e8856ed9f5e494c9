/**
 * Box values and class scores of a YOLOv8 head go their own ways, instead of being joined only to be split again.
 *
 * Exports join both per level (Concat on the channels), flatten the level (Reshape), join the levels (Concat on the
 * anchors), and split the whole into boxes and classes: four passes over 3.6 MB of floats an image. Flattening and
 * joining each part by itself gives the same values in two.
 */
import { initializers, intAttribute, node, producers, replaceInput } from "./graph.ts";
import type { Graph, GraphNode, Tensor } from "./protobuf.ts";
import { int64Tensor, readInts } from "./tensor.ts";

/** Edits the graph where it finds that pattern, and leaves it alone elsewhere. What is left over must be pruned. */
export function separateHeads(graph: Graph): void {
  const constants = initializers(graph);
  const producedBy = producers(graph);
  for (const split of graph.node.filter(({ opType }) => opType === "Split")) {
    const sizes = constantInts(constants, split.input[1]);
    const levels = levelsOf(split, producedBy, constants);
    if (!sizes || !levels || levels.some(({ parts }) => parts.length !== sizes.length)) continue;
    split.output.forEach((output, part) => {
      const joined = `${output}:separate`;
      const flat = levels.map(({ name, parts }) => {
        const [shape, rows] = [`${name}:${part}:shape`, `${name}:${part}:rows`];
        graph.initializer.push(int64Tensor(shape, [3], [0, sizes[part] ?? 0, -1]));
        graph.node.push(node("Reshape", [parts[part] ?? "", shape], [rows]));
        return rows;
      });
      graph.node.push(node("Concat", flat, [joined], { axis: 2 }));
      replaceInput(graph, output, joined);
    });
  }
}

/** A level's flattened value, and the parts on the channel axis that it was joined from. */
type Level = { name: string; parts: string[] };

/** Undefined when what is split was not made in this way. */
function levelsOf(
  split: GraphNode,
  producedBy: ReadonlyMap<string, GraphNode>,
  constants: ReadonlyMap<string, Tensor>,
): Level[] | undefined {
  const whole = producedBy.get(split.input[0] ?? "");
  if (intAttribute(split, "axis", 0) !== 1 || !isConcat(whole, 2)) return undefined;
  const levels: Level[] = [];
  for (const name of whole.input) {
    const flatten = producedBy.get(name);
    const join = producedBy.get(flatten?.input[0] ?? "");
    const shape = constantInts(constants, flatten?.input[1]);
    const isFlatten = flatten?.opType === "Reshape" && shape?.length === 3 && shape[2] === -1;
    if (!isFlatten || !isConcat(join, 1)) return undefined;
    levels.push({ name, parts: join.input });
  }
  return levels;
}

function isConcat(each: GraphNode | undefined, axis: number): each is GraphNode {
  return each?.opType === "Concat" && intAttribute(each, "axis", 0) === axis;
}

function constantInts(constants: ReadonlyMap<string, Tensor>, name = ""): number[] | undefined {
  const constant = constants.get(name);
  return constant ? readInts(constant) : undefined;
}
