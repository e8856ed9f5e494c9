/** Every problem has a title of its own in every language. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Code, catalogue, problem, toBody } from "./problem.ts";
import { problemTitles } from "./problem-titles.ts";

describe("titles of problems", () => {
  const codes = Object.keys(catalogue) as Code[];
  for (const [language, titles] of Object.entries(problemTitles)) {
    it(`tell all problems apart: ${language}`, () => {
      assert.deepEqual(Object.keys(titles).toSorted(), codes.toSorted());
      assert.equal(new Set(Object.values(titles)).size, codes.length);
      for (const title of Object.values(titles)) assert.match(title, /^\p{Lu}.*[^.]$/u);
    });
  }

  it("are the only part of a problem that is in another language", () => {
    const refused = problem("not-found", "no digest dig_1");
    const english = toBody(refused, "req_1");
    assert.deepEqual(toBody(refused, "req_1", problemTitles.de["not-found"]), {
      ...english,
      title: "Das gibt es nicht",
    });
    assert.equal(english.title, "There is no such thing");
  });

  it("are German where they are said to be", () => {
    for (const title of Object.values(problemTitles.de)) {
      assert.doesNotMatch(title, /\b(?:the|is|are|of|and|not|you|this|that|with|too|no)\b/i, title);
    }
  });
});
