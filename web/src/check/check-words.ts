/** What can be said of a text or a picture, in words that need no explanation. */
import type { Check, CheckEvaluation } from "../api/contract.ts";
import { number } from "../words/counted.ts";
import { statement } from "../words/origin.ts";
import { say } from "./say.ts";

/** What it says of itself: one sentence. */
export function declaredOf({ declared: { status, by, says } }: Check): string {
  if (status === "silent") return say.silent;
  const sentence = status === "generated" ? say.saysGenerated : say.saysCaptured;
  return (by === "signed-manifest" ? sentence.signed : sentence.written)(says.join(", "));
}

/** Its statement of origin, where it has one. */
export function statementOf({ provenance }: Check): string | undefined {
  return provenance === null ? undefined : statement(provenance);
}

export function marksOf({ marks }: Check): string[] {
  return marks.map(({ code, detail }) => say.marks[code](detail));
}

/** Whether it was generated, what people look for first; and how often that is wrong, where it was measured. */
export function generatedOf({ generated }: Check): string[] {
  const { status, error, probability = 0, reasons } = generated;
  switch (status) {
    case "declared":
      return [say.declared];
    case "cannot-tell":
      return [say.cannotTell(reasons.join("; "))];
    case "none-found":
      return [say.noneFound(percent(1 - (error?.found ?? 0)))];
    case "likely": {
      if (error === undefined) return [say.likely(percent(probability))];
      const { humans, falsePositives, rate, rateMax } = error;
      const wrong = say.wrong(number(falsePositives), number(humans), percent(rate), percent(rateMax));
      return [say.likely(percent(probability)), wrong];
    }
  }
}

type Slice = CheckEvaluation["heads"][number]["slices"][number];

/** One row of what was measured, by its columns. */
export function rowOf({ coverage, falsePositives, found }: Slice): Record<keyof typeof say.columns, string> {
  const share = ({ rate, from, to, of }: typeof found) =>
    of === 0 ? "–" : say.interval(percent(rate), percent(from), percent(to));
  return {
    coverage: percent(coverage.rate),
    falsePositives: share(falsePositives),
    found: share(found),
    labelled: number(falsePositives.of + found.of),
  };
}

/** Small shares with a decimal: 0.9 % is not 1 %. */
export function percent(share: number): string {
  const maximumFractionDigits = share > 0 && share < 0.1 ? 1 : 0;
  return number(share, { style: "percent", maximumFractionDigits });
}
