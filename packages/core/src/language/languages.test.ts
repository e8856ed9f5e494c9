import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { type Language, languageOf, languages } from "./languages.ts";

describe("the language that somebody is answered in", () => {
  const cases: readonly [string | undefined, Language | undefined][] = [
    [undefined, undefined],
    ["", undefined],
    ["de", "de"],
    ["de-AT", "de"],
    ["DE-ch, fr;q=0.9", "de"],
    ["fr-FR, de;q=0.3, en;q=0.7", "en"],
    ["en;q=0.5, de;q=0.5", "en"],
    ["de;q=0, en;q=0.1", "en"],
    ["de; q=0.2 , en ; q=0.1", "de"],
    ["den, enough, *", undefined],
    ["de;q=2, en;q=x", undefined],
    [`${"fr,".repeat(20)}de`, undefined],
  ];
  for (const [header, language] of cases) {
    it(`is ${language ?? "left open"} for ${header?.slice(0, 40) ?? "no header"}`, () => {
      assert.equal(languageOf(header), language);
    });
  }

  it("is one of those there are, or none, whatever is sent", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (header) => {
        const language = languageOf(header);
        assert.ok(language === undefined || languages.includes(language));
      }),
    );
  });
});
