/** How often answers are right where the truth is known. */
import type { EvaluationSlice, Generated, Shares } from "../../packages/core/src/check/wire.ts";
import { boundOf } from "../replay/bound-of.ts";
import { burstinessOf } from "./burstiness.ts";
import type { Labelled } from "./labelled-texts.ts";

export type Answered = { text: Labelled; answer: Generated };

const bins = 10;

/** @throws Error when something that is measured was learned from */
export function assertApart(learned: readonly Labelled[], measured: readonly Labelled[]): void {
  const hashes = new Set(learned.map(({ sha256 }) => sha256));
  const prompts = new Set(learned.map(({ prompt }) => prompt));
  const both = measured.filter(({ sha256, prompt }) => hashes.has(sha256) || prompts.has(prompt));
  if (both.length > 0) {
    throw new Error(`${both.length} texts are measured and were learned from, such as ${both[0]?.sha256}`);
  }
}

/** @throws Error when the answers do not depend on the texts: such a head would pass wherever nothing is generated */
export function assertTelling(answered: readonly Answered[]): void {
  const told = answered.flatMap(({ answer }) => answer.probability ?? []);
  const statuses = new Set(answered.map(({ answer }) => answer.status));
  if (new Set(told).size < 2 || !statuses.has("likely") || !statuses.has("none-found")) {
    throw new Error("the head answers the same whatever it is asked");
  }
}

/** A share with its exact interval of 95 % (C. Clopper, E. Pearson, 1934). */
export function shareOf(cases: number, of: number): Shares {
  const rate = of === 0 ? 0 : cases / of;
  const [from, to] = of === 0 ? [0, 1] : [1 - boundOf(of - cases, of, 0.975), boundOf(cases, of, 0.975)];
  return { cases, of, rate: round(rate), from: round(from), to: round(to) };
}

export function measureSlice(name: string, isKnown: boolean, all: readonly Answered[]): EvaluationSlice {
  const told = all.flatMap(({ text, answer }) =>
    answer.probability === undefined
      ? []
      : {
          isGenerated: text.generator !== null,
          isLikely: answer.status === "likely",
          said: answer.probability,
        },
  );
  const [generated, written] = [true, false].map((is) => told.filter((one) => one.isGenerated === is));
  const likely = (some: typeof told = []) =>
    shareOf(some.filter(({ isLikely }) => isLikely).length, some.length);
  const reliability = reliabilityOf(told);
  const off = reliability.reduce((sum, { count, said, so }) => sum + count * Math.abs(said - so), 0);
  return {
    name,
    isKnown,
    labelled: all.length,
    coverage: shareOf(told.length, all.length),
    areaUnderCurve: areaOf(told.map(({ said, isGenerated }) => ({ score: said, isGenerated }))),
    falsePositives: likely(written),
    found: likely(generated),
    calibrationError: told.length === 0 ? null : round(off / told.length),
    reliability,
    formula: areaOf(
      all.map(({ text }) => ({ score: -burstinessOf(text.text), isGenerated: text.generator !== null })),
    ),
  };
}

function reliabilityOf(
  told: readonly { said: number; isGenerated: boolean }[],
): EvaluationSlice["reliability"] {
  return Array.from({ length: bins }, (_, bin) => {
    const inBin = told.filter(({ said }) => Math.min(bins - 1, Math.floor(said * bins)) === bin);
    const mean = (value: (one: (typeof inBin)[number]) => number) =>
      round(inBin.reduce((sum, one) => sum + value(one), 0) / Math.max(1, inBin.length));
    return {
      from: bin / bins,
      to: (bin + 1) / bins,
      count: inBin.length,
      said: mean(({ said }) => said),
      so: mean(({ isGenerated }) => (isGenerated ? 1 : 0)),
    };
  }).filter(({ count }) => count > 0);
}

/** How often a generated one scores above one that people wrote; null where one of both is missing. */
function areaOf(scored: readonly { score: number; isGenerated: boolean }[]): number | null {
  const [generated = [], written = []] = [true, false].map((is) =>
    scored.filter(({ isGenerated }) => isGenerated === is).map(({ score }) => score),
  );
  if (generated.length === 0 || written.length === 0) return null;
  let above = 0;
  for (const one of generated) {
    for (const other of written) above += one > other ? 1 : one === other ? 0.5 : 0;
  }
  return round(above / (generated.length * written.length));
}

export function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
