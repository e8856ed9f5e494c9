import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readEmbedding } from "./read-embedding.ts";

const outputs = (values: readonly number[], numbers: number) => ({
  embedding: { dims: [values.length / numbers, numbers], data: Float32Array.from(values) },
});

describe("an embedding", () => {
  it("is in whole numbers of which the largest is 127, each image's its own", () => {
    const two = outputs([0.5, 0.25, -0.1, 0, 0.001, 0.002], 3);
    assert.deepEqual([...(readEmbedding(two, 0) ?? [])], [127, 64, 0]);
    assert.deepEqual([...(readEmbedding(two, 1) ?? [])], [0, 64, 127]);
  });

  it("is none where the model gives none, or nothing that can be compared", () => {
    assert.equal(readEmbedding({}, 0), undefined);
    assert.equal(readEmbedding(outputs([0, -1], 2), 0), undefined);
    assert.equal(readEmbedding(outputs([Number.NaN, Number.POSITIVE_INFINITY], 2), 0), undefined);
  });
});
