/**
 * Measures what answers about generated texts are worth, by prompts, domains and generators apart, beside a published formula; fails
 * when something that is measured was learned from, or when answers do not depend on what is asked.
 *
 *   npm run evaluate:authenticity -- --texts ../shared/authenticity/text
 *   npm run evaluate:authenticity -- --write   # as /v1/authenticity/evaluation and the documentation publish it
 */
import "../../scripts/help.ts";
import { existsSync, writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { bar } from "../../packages/core/src/check/text/head.ts";
import { judgeText } from "../../packages/core/src/check/text/judge-text.ts";
import { HeadEvaluation, type Shares } from "../../packages/core/src/check/wire.ts";
import { answering, evaluateText } from "./evaluate-text.ts";
import { readLabelled } from "./labelled-texts.ts";
import { isLongEnough, learnHead } from "./learn-head.ts";
import { round } from "./measure.ts";

const { values } = parseArgs({
  options: {
    texts: { type: "string", default: "../shared/authenticity/text" },
    write: { type: "boolean", default: false },
  },
});
if (!existsSync(values.texts)) throw new Error(`there is no folder ${values.texts}: name one with --texts`);
const texts = readLabelled(values.texts);
const slices = evaluateText(texts);

/** Each text that is long enough once, in one process that has been warmed. */
function measureLatency(): HeadEvaluation["latencyMs"] {
  const long = texts.filter(isLongEnough);
  const head = answering(learnHead(long, 8));
  const taken = [...long, ...long].map(({ text }) => {
    const start = performance.now();
    judgeText(head, text);
    return performance.now() - start;
  });
  const sorted = taken.slice(long.length).toSorted((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.floor(sorted.length * share)] ?? 0);
  const words = long.reduce((sum, { text }) => sum + text.split(/\s+/).length, 0) / long.length;
  return { p50: at(0.5), p95: at(0.95), words: Math.round(words) };
}

const evaluation = HeadEvaluation.parse({
  kind: "text",
  state: "experimental",
  why: [
    "The licences of the texts that it was learned from are not known to allow that, so that no head is part of Vigil.",
    "Generators of the same kind as those that were learned from are found; models that only go on with what they are given are not.",
  ],
  bar: {
    foundMin: bar.foundMin,
    falsePositivesMax: bar.rateMax,
    coverageMin: bar.coverageMin,
    labelledMin: bar.labelledMin,
  },
  slices,
  latencyMs: measureLatency(),
});

const percent = (share: number) => (share * 100).toFixed(1);
const interval = ({ cases, of, rate, from, to }: Shares) =>
  `${percent(rate)} % (${cases} of ${of}; ${percent(from)} to ${percent(to)})`;
for (const slice of slices) {
  const { name, coverage, areaUnderCurve, falsePositives, found, calibrationError, formula } = slice;
  process.stdout.write(
    `${name}\n  coverage ${interval(coverage)}, AUC ${areaUnderCurve ?? "-"} (formula ${formula ?? "-"})\n` +
      `  false ${interval(falsePositives)}, found ${interval(found)}, calibration error ${calibrationError ?? "-"}\n`,
  );
  for (const { from, to, count, said, so } of slice.reliability) {
    const drawn = "#".repeat(Math.round(so * 20)).padEnd(20, ".");
    process.stdout.write(
      `    ${from.toFixed(1)}-${to.toFixed(1)} ${String(count).padStart(4)} said ${said.toFixed(2)} ${drawn} ${so.toFixed(2)}\n`,
    );
  }
}
process.stdout.write(`latency P50 ${evaluation.latencyMs?.p50} ms, P95 ${evaluation.latencyMs?.p95} ms\n`);
if (values.write) {
  writeFileSync(
    new URL("../../packages/core/src/check/measured-text.json", import.meta.url),
    `${JSON.stringify(evaluation, null, 2)}
`,
  );
}
