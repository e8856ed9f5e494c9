/** That the evaluation fails where it must, and that a head abstains where it must, with texts that are made up here. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readTextHead, type TextHead } from "../../packages/core/src/check/text/head.ts";
import { judgeText } from "../../packages/core/src/check/text/judge-text.ts";
import { answerApart, answering } from "./evaluate-text.ts";
import type { Labelled } from "./labelled-texts.ts";
import { learnHead } from "./learn-head.ts";
import { type Answered, assertApart, assertTelling, measureSlice, shareOf } from "./measure.ts";

const words = [
  "river",
  "stone",
  "garden",
  "letter",
  "window",
  "morning",
  "people",
  "quiet",
  "street",
  "winter",
];
const own = { person: ["honestly", "kinda", "mate"], machine: ["moreover", "furthermore", "tapestry"] };

/** A text of 150 words by one of two kinds of writers, of whom each has favourite words. */
function madeUp(index: number, writer: keyof typeof own): Labelled {
  let state = index * 2 + (writer === "machine" ? 1 : 0) + 1;
  const next = (max: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * max);
  };
  const list = Array.from({ length: 150 }, (_, at) =>
    at % 5 === 0 ? own[writer][next(3)] : words[next(10)],
  );
  return {
    text: list.join(" "),
    sha256: `${writer}-${index}`,
    domain: "letters",
    generator: writer === "machine" ? "a model" : null,
    prompt: `prompt ${index}`,
  };
}

const texts = Array.from({ length: 60 }, (_, index) => [
  madeUp(index, "person"),
  madeUp(index, "machine"),
]).flat();

describe("the evaluation of a head", () => {
  it("tells what can be told, with exact intervals", () => {
    const slice = measureSlice("letters", true, answerApart(texts));
    assert.ok((slice.areaUnderCurve ?? 0) > 0.99, JSON.stringify(slice));
    assert.ok(slice.found.rate > 0.9);
    assert.deepEqual(shareOf(0, 150), { cases: 0, of: 150, rate: 0, from: 0, to: 0.0243 });
    assert.deepEqual(shareOf(1, 1), { cases: 1, of: 1, rate: 1, from: 0.025, to: 1 });
  });

  it("fails when a text or a prompt is measured that was learned from", () => {
    const [first, second, third] = texts;
    assert.ok(first && second && third);
    assert.throws(() => assertApart([first, third], [first]), /were learned from/);
    assert.throws(() => assertApart([first], [second]), /were learned from/);
    assertApart([first], [third]);
  });

  it("fails for a head that answers the same whatever it is asked", () => {
    const same = (status: "likely" | "none-found"): Answered[] =>
      texts.map((text) => ({ text, answer: { status, probability: 0.5, reasons: [] } }));
    assert.throws(() => assertTelling(same("none-found")), /the same/);
    assert.throws(() => assertTelling(same("likely")), /the same/);
    const silent = texts.map((text): Answered => ({ text, answer: { status: "cannot-tell", reasons: [] } }));
    assert.throws(() => assertTelling(silent), /the same/);
  });
});

describe("a head for texts", () => {
  const learned = answering(learnHead(texts, 3));
  const file = JSON.stringify({
    ...learned,
    weights: Buffer.from(learned.weights.buffer).toString("base64"),
    slices: learned.slices.map((slice) => ({ ...slice, pairs: Buffer.from(slice.pairs).toString("base64") })),
  });
  const head = readTextHead(file);
  const other = madeUp(1_000, "machine").text;

  it("is the same when it is learned again, and answers the same from its file", () => {
    assert.deepEqual(learnHead(texts, 3), learnHead(texts, 3));
    assert.deepEqual(judgeText(head, other), judgeText(learned, other));
    assert.equal(judgeText(head, other).status, "likely");
    assert.equal(judgeText(head, madeUp(1_000, "person").text).status, "none-found");
  });

  it("abstains from what is short, what is unlike what it knows, and where it was too often wrong", () => {
    const whyOf = (one: TextHead, text: string) => {
      const { status, probability, reasons } = judgeText(one, text);
      assert.equal(status, "cannot-tell");
      assert.equal(probability, undefined);
      return reasons[0] ?? "";
    };
    assert.match(whyOf(head, "Few words."), /2 words, and 120 are needed/);
    const strange = Array.from(
      { length: 200 },
      (_, index) => `word${String.fromCharCode(97 + (index % 26))}x`,
    ).join(" ");
    assert.match(whyOf(head, strange), /unlike/);
    for (const worse of [{ labelled: 199 }, { coverage: 0.59 }]) {
      const slices = head.slices.map((slice) => ({ ...slice, ...worse }));
      assert.match(whyOf({ ...head, slices }, other), /too often wrong|measured/);
    }
    const wrong = head.slices.map((slice) => ({ ...slice, error: { ...slice.error, rate: 0.011 } }));
    assert.match(whyOf({ ...head, slices: wrong }, other), /too often wrong/);
  });

  it("says that it is experimental where licences are not known to allow it", () => {
    assert.equal(judgeText({ ...head, mayTrain: false }, other).isExperimental, true);
    assert.equal(judgeText({ ...head, mayTrain: true }, other).isExperimental, false);
  });

  it("is refused when its file is another or cut short", () => {
    assert.throws(() => readTextHead("{}"));
    assert.throws(
      () => readTextHead(JSON.stringify({ ...JSON.parse(file), featureBits: 12 })),
      /a weight for each place/,
    );
  });
});
