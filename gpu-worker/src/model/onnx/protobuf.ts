/**
 * ONNX files as objects: `decode` and `encode` over the subset in `onnx.proto`.
 *
 * Fields outside the subset are kept as unknown bytes and written back, so a round trip loses nothing.
 *
 * @example
 *   const model = decode(await readFile("yolov8n.onnx"));
 *   model.graph.node.length; // 233
 *   await writeFile("copy.onnx", encode(model));
 *
 * Caution: `decode` keeps views on the bytes it was given; do not change those while the model is in use.
 */
import { readFileSync } from "node:fs";
import protobuf from "protobufjs";

/** An int64 as protobufjs reads it; numbers are accepted when writing. */
export type Int64 = number | { toNumber(): number; toString(): string };

export type Tensor = {
  dims: Int64[];
  dataType: number;
  floatData: number[];
  int32Data: number[];
  int64Data: Int64[];
  name: string;
  rawData: Uint8Array;
  /** 1 means that the values are in another file. */
  dataLocation: number;
};

export type Attribute = {
  name: string;
  f: number;
  i: Int64;
  s: Uint8Array;
  t: Tensor | null;
  g: Graph | null;
  floats: number[];
  ints: Int64[];
  strings: Uint8Array[];
  type: number;
};

export type GraphNode = {
  input: string[];
  output: string[];
  name: string;
  opType: string;
  attribute: Attribute[];
  domain: string;
};

/** Exactly one of the two is set, or neither when the dimension is unknown. */
export type Dimension = { dimValue?: Int64; dimParam?: string };

export type ValueInfo = {
  name: string;
  type: { tensorType: { elemType: number; shape: { dim: Dimension[] } | null } | null } | null;
};

export type Graph = {
  node: GraphNode[];
  name: string;
  initializer: Tensor[];
  input: ValueInfo[];
  output: ValueInfo[];
  valueInfo: ValueInfo[];
};

export type Model = {
  irVersion: Int64;
  producerName: string;
  producerVersion: string;
  graph: Graph;
  opsetImport: { domain: string; version: Int64 }[];
  metadataProps: { key: string; value: string }[];
};

/** `TensorProto.DataType` and `AttributeProto.AttributeType`: the numbers of the ONNX format. */
export const dataType = Object.freeze({ float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9 });
export const attributeType = Object.freeze({ float: 1, int: 2, string: 3, tensor: 4, floats: 6, ints: 7 });

const { root } = protobuf.parse(readFileSync(new URL("onnx.proto", import.meta.url), "utf8"));
const modelType = root.lookupType("onnx.ModelProto");
const attributeProto = root.lookupType("onnx.AttributeProto");

/** An attribute in which exactly the given fields are present in the file; the others read as their defaults. */
export function createAttribute(fields: Partial<Attribute>): Attribute {
  return attributeProto.create(fields) as unknown as Attribute;
}

/** Throws when the bytes are no ONNX model, or when its weights lie in another file. */
export function decode(bytes: Uint8Array): Model {
  const reader = protobuf.Reader.create(bytes);
  reader.discardUnknown = false;
  let message: protobuf.Message;
  try {
    message = modelType.decode(reader);
  } catch (cause) {
    throw new Error(`expected an ONNX model, got ${bytes.length} bytes that are not one`, { cause });
  }
  // The schema above is what protobufjs decodes by, so the message has this shape.
  const model = message as unknown as Model;
  if (!model.graph || model.graph.node.length === 0 || model.opsetImport.length === 0) {
    throw new Error(
      `expected an ONNX model with a graph and an opset, got ${bytes.length} bytes without them`,
    );
  }
  const external = model.graph.initializer.find((tensor) => tensor.dataLocation === 1);
  if (external) {
    throw new Error(
      `expected a model with its weights inside, got ${external.name} in an external file; export it as one file`,
    );
  }
  return model;
}

export function encode(model: Model): Uint8Array {
  return modelType.encode(model).finish();
}

/** A deep copy that shares no node, name or dimension with the original. */
export function copy(model: Model): Model {
  return decode(encode(model));
}
