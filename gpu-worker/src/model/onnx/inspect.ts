/** What a model is, in a form to read: its values, operators and the layout that its shapes betray. */
import { opset } from "./graph.ts";
import { describe, type Expected, recognise } from "./layout.ts";
import type { Model } from "./protobuf.ts";
import { toNumber } from "./tensor.ts";

export type Inspection = {
  producer: string;
  irVersion: number;
  opset: number;
  inputs: string[];
  outputs: string[];
  /** Operator and how often, most frequent first. */
  operators: [name: string, count: number][];
  weightBytes: number;
  /** The layout, "prepared" for a graph that was prepared already, or why it is refused. */
  verdict: string;
};

export function inspect(model: Model, expected: Expected = {}): Inspection {
  const { graph } = model;
  const constants = new Set(graph.initializer.map(({ name }) => name));
  const counts = Map.groupBy(graph.node, ({ opType }) => opType);
  return {
    producer: [model.producerName, model.producerVersion].filter(Boolean).join(" ") || "unknown",
    irVersion: toNumber(model.irVersion),
    opset: opset(model),
    inputs: graph.input.filter(({ name }) => !constants.has(name)).map(describe),
    outputs: graph.output.map(describe),
    operators: [...counts]
      .map(([name, nodes]): [string, number] => [name, nodes.length])
      .toSorted(([, one], [, other]) => other - one),
    weightBytes: graph.initializer.reduce((sum, { rawData }) => sum + rawData.length, 0),
    verdict: verdict(model, expected),
  };
}

function verdict(model: Model, expected: Expected): string {
  if (model.graph.output.map(({ name }) => name).join() === "boxes,scores,classes") {
    return "prepared: uint8 pixels in, reduced candidates out";
  }
  try {
    const { layout, inputSize, classes, anchors, batch } = recognise(model, expected);
    return `${layout}: ${inputSize} x ${inputSize}, ${classes} classes, ${anchors} anchors, batch ${batch}`;
  } catch (error) {
    return `refused: ${error instanceof Error ? error.message : String(error)}`;
  }
}
