import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { createNearestEmbeddings } from "./nearest-embeddings.ts";

const anyEmbedding = (length: number) =>
  fc
    .uint8Array({ minLength: length, maxLength: length, max: 127 })
    .filter((all) => all.some((one) => one > 0));

function cosine(one: Uint8Array, other: Uint8Array): number {
  const dot = (a: Uint8Array, b: Uint8Array) => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
}

describe("nearest embeddings", () => {
  it("are those that a look at every one finds, questions before a question included", () => {
    const cases = fc
      .integer({ min: 1, max: 40 })
      .chain((length) =>
        fc.tuple(
          fc.array(anyEmbedding(length), { maxLength: 12 }),
          fc.array(anyEmbedding(length), { minLength: 1, maxLength: 4 }),
        ),
      );
    fc.assert(
      fc.property(cases, ([known, questions]) => {
        const cosineMin = 0.8;
        const length = questions[0]?.length ?? 0;
        const nearest = createNearestEmbeddings({ length, knownMax: 8, cosineMin });
        for (const [index, embedding] of known.entries()) nearest.add(embedding, index);
        const near = nearest.ask(questions);
        for (const [place, question] of questions.entries()) {
          const found: number[] = [];
          near(place, (other) => found.push(other));
          const kept = [...known.entries()].slice(-8);
          const others = [...kept, ...questions.slice(0, place).map((one, at) => [-1 - at, one] as const)];
          const expected = others.filter(([, one]) => Math.abs(cosine(one, question) - cosineMin) > 1e-9);
          assert.deepEqual(
            found.filter((other) => expected.some(([index]) => index === other)).toSorted((a, b) => a - b),
            expected
              .filter(([, one]) => cosine(one, question) > cosineMin)
              .map(([index]) => index)
              .toSorted((a, b) => a - b),
          );
        }
      }),
      { numRuns: 100 },
    );
  });

  it("tell nothing of a question that is absent or empty, beside one that is not", () => {
    const nearest = createNearestEmbeddings({ length: 3, knownMax: 4, cosineMin: 0.9 });
    nearest.add(Uint8Array.of(1, 2, 3), 7);
    nearest.add(Uint8Array.of(0, 0, 0), 8);
    const near = nearest.ask([undefined, Uint8Array.of(0, 0, 0), Uint8Array.of(2, 4, 6)]);
    const told = [0, 1, 2, 3].map((question) => {
      const others: number[] = [];
      near(question, (other) => others.push(other));
      return others;
    });
    assert.deepEqual(told, [[], [], [7], []]);
  });

  it("are exact where products are largest, and grow beyond the memory they began with", () => {
    const length = 448;
    const nearest = createNearestEmbeddings({ length, knownMax: 1_000, cosineMin: 0.99 });
    const brightest = new Uint8Array(length).fill(127);
    for (let index = 0; index < 1_000; index += 1) nearest.add(brightest, index);
    let told = 0;
    nearest.ask([undefined, brightest])(1, (_, nearness) => {
      told += 1;
      assert.equal(nearness, Math.sqrt(length * 127 * 127));
    });
    assert.equal(told, 1_000);
  });
});
