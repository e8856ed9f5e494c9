/** A head for texts, measured: by prompts apart, by domains apart, and by generators apart. */
import { bar, type TextHead } from "../../packages/core/src/check/text/head.ts";
import { judgeText } from "../../packages/core/src/check/text/judge-text.ts";
import type { EvaluationSlice } from "../../packages/core/src/check/wire.ts";
import { foldOf, type Labelled } from "./labelled-texts.ts";
import { type Learned, learnHead } from "./learn-head.ts";
import { type Answered, assertApart, assertTelling, measureSlice } from "./measure.ts";

const folds = 5;
const seed = 7;
/** Models that only go on with what they are given; with them in what is learned from, assistants' texts are found less. */
const notLearned = new Set(["davinci"]);

const isLearned = ({ generator }: Labelled) => generator === null || !notLearned.has(generator);

/** Answers wherever it is familiar with a text: how good it is is what is being measured. */
export function answering(head: Learned): TextHead {
  const error = { slice: "", humans: 0, falsePositives: 0, rate: 0, rateMax: 1, found: 1 };
  const slices = head.slices.map((slice) => ({ ...slice, labelled: bar.labelledMin, coverage: 1, error }));
  return { ...head, slices };
}

function answered(learned: readonly Labelled[], measured: readonly Labelled[]): Answered[] {
  assertApart(learned, measured);
  const head = answering(learnHead(learned.filter(isLearned), seed + 1));
  return measured.map((text) => ({ text, answer: judgeText(head, text.text) }));
}

/** Each text by what was learned from other prompts. @throws Error when what is measured was learned from, or nothing is told */
export function answerApart(texts: readonly Labelled[]): Answered[] {
  const all = Array.from({ length: folds }, (_, fold) =>
    answered(
      texts.filter((text) => foldOf(text, folds, seed) !== fold),
      texts.filter((text) => foldOf(text, folds, seed) === fold),
    ),
  ).flat();
  assertTelling(all);
  return all;
}

/** What is measured of a domain that is learned from: texts of people, and of assistants like those that were. */
export function knownSlice(domain: string, apart: readonly Answered[]): EvaluationSlice {
  const own = apart.filter(({ text }) => text.domain === domain && isLearned(text));
  return measureSlice(domain, true, own);
}

export function evaluateText(texts: readonly Labelled[]): EvaluationSlice[] {
  const apart = answerApart(texts);
  const domains = [...new Set(texts.map(({ domain }) => domain))];
  const generators = [...new Set(texts.flatMap(({ generator }) => generator ?? []))];
  const by = (domain: string, generator: string) =>
    apart.filter(({ text }) => text.domain === domain && [null, generator].includes(text.generator));
  return [
    ...domains.map((domain) => knownSlice(domain, apart)),
    ...domains.flatMap((domain) =>
      generators.map((generator) =>
        measureSlice(`${domain}, ${generator}`, !notLearned.has(generator), by(domain, generator)),
      ),
    ),
    ...domains.map((domain) => {
      const others = texts.filter((text) => text.domain !== domain);
      return measureSlice(
        `${domain}, of which nothing was learned`,
        false,
        answered(
          others,
          texts.filter((text) => text.domain === domain),
        ),
      );
    }),
    ...generators.filter((generator) => !notLearned.has(generator)).map((one) => generatorApart(texts, one)),
  ];
}

/** One generator is learned from nowhere, and prompts are apart too. */
function generatorApart(texts: readonly Labelled[], generator: string): EvaluationSlice {
  const all = Array.from({ length: folds }, (_, fold) =>
    answered(
      texts.filter((text) => foldOf(text, folds, seed) !== fold && text.generator !== generator),
      texts.filter(
        (text) => foldOf(text, folds, seed) === fold && [null, generator].includes(text.generator),
      ),
    ),
  ).flat();
  return measureSlice(`${generator}, of which nothing was learned`, false, all);
}
