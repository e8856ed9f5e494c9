import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import protobuf from "protobufjs";
import { smallDetector } from "../../../testing/small-detector.ts";
import { intAttribute, intsAttribute, node } from "./graph.ts";
import { decode, encode } from "./protobuf.ts";
import { floatTensor, int64Tensor, readFloats, readInts } from "./tensor.ts";

describe("ONNX protobuf", () => {
  it("writes a model back byte for byte", () => {
    const bytes = smallDetector("yolov8");
    assert.deepEqual(encode(decode(bytes)), bytes);
  });

  it("keeps fields that its schema does not know, at every depth", () => {
    const model = decode(smallDetector("yolov8"));
    const marked = protobuf.Writer.create()
      // Field 6 of a node is its doc_string, field 21 of the model lies outside the schema: both are unknown here.
      .raw(encode(model))
      .uint32((21 << 3) | 2)
      .string("of another version")
      .finish();
    const [first] = model.graph.node;
    assert.ok(first);
    const text = Buffer.from(encode(decode(marked))).toString("latin1");
    assert.ok(text.includes("of another version"));
    const documented = Buffer.from(withNodeDocumentation(marked, "why this node"));
    assert.ok(Buffer.from(encode(decode(documented))).includes("why this node"));
  });

  it("refuses bytes that are no model, and says how many they were", () => {
    assert.throws(() => decode(Buffer.from("GIF89a, not a model")), /expected an ONNX model.*got 19 bytes/);
    assert.throws(() => decode(new Uint8Array()), /expected an ONNX model/);
  });

  it("refuses weights in another file, and names them", () => {
    const model = decode(smallDetector("yolox"));
    const [weights] = model.graph.initializer;
    assert.ok(weights);
    weights.dataLocation = 1;
    assert.throws(() => decode(encode(model)), new RegExp(`got ${weights.name} in an external file`));
  });

  it("reads any attribute and tensor back as it was written", () => {
    const anyInt = fc.integer({ min: -(2 ** 40), max: 2 ** 40 });
    fc.assert(
      fc.property(
        fc.array(anyInt, { maxLength: 9 }),
        anyInt,
        fc.array(fc.float(), { maxLength: 9 }),
        (many, one, floats) => {
          const model = decode(smallDetector("yolox"));
          model.graph.node = [node("Custom", ["in"], ["out"], { many, one })];
          model.graph.initializer = [
            int64Tensor("ints", [many.length], many),
            floatTensor("floats", [floats.length], floats),
          ];
          const { graph } = decode(encode(model));
          const [custom, [ints, values]] = [graph.node[0], graph.initializer];
          assert.ok(custom && ints && values);
          assert.deepEqual(intsAttribute(custom, "many"), many);
          assert.equal(intAttribute(custom, "one", 0), one);
          assert.deepEqual(readInts(ints), many);
          assert.deepEqual(readFloats(values), Float32Array.from(floats));
        },
      ),
      { numRuns: 30 },
    );
  });
});

/** Adds a doc_string to a new first node of the graph, field by field, as another writer would. */
function withNodeDocumentation(model: Uint8Array, text: string): Uint8Array {
  const documented = protobuf.Writer.create();
  documented.uint32((4 << 3) | 2).string("Identity");
  documented.uint32((6 << 3) | 2).string(text);
  const graph = protobuf.Writer.create()
    .uint32((1 << 3) | 2)
    .bytes(documented.finish());
  // Two occurrences of a message field are merged by every protobuf reader.
  return protobuf.Writer.create()
    .raw(model)
    .uint32((7 << 3) | 2)
    .bytes(graph.finish())
    .finish();
}
