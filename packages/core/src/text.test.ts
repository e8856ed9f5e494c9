import assert from "node:assert/strict";
import { it } from "node:test";
import * as fc from "fast-check";
import { isTextThroughout, text, toText } from "./text.ts";

it("takes what people write, in any script", () => {
  for (const words of ["", "front door", "Küche", "玄関", "🏠"]) {
    assert.ok(text().safeParse(words).success, words);
    assert.equal(toText(words, 100), words);
  }
});

it("finds what cannot be stored at any depth, in names as in values", () => {
  assert.ok(isTextThroughout({ a: [1, null, true, { b: "c" }] }));
  for (const value of ["\0", ["\ud800"], { a: { b: ["\0"] } }, { "\udc00": 1 }]) {
    assert.ok(!isTextThroughout(value), JSON.stringify(value));
  }
});

it("makes text of anything, also where a cut parts a pair", () => {
  assert.equal(toText("a🏠", 2), "a\ufffd");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(20), (words, charsMax) => {
      const made = toText(words + "\0\ud800", charsMax);
      assert.ok(text().max(charsMax).safeParse(made).success);
    }),
  );
});
