/**
 * How long it takes to find the ten embeddings nearest to one among 100,000, of which twenty are near enough to be of one
 * group: every one is looked at, four questions at a time as grouping asks them; against a plain loop, whose answers must be
 * the same.
 *
 *   npm run bench -- near-embeddings --embeddings 100000
 */
import "../../../scripts/help.ts";
import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { run as limits } from "../src/limits.ts";
import { createNearestEmbeddings, questionsMax } from "../src/run/nearest-embeddings.ts";

const { values } = parseArgs({ options: { embeddings: { type: "string", default: "100000" } } });
const count = Number(values.embeddings);
const [length, wanted, copies, questions, checked] = [448, 10, 20, 200, 8];

/** xorshift32 (G. Marsaglia, 2003), so that every run asks the same. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

const random = generator(7);
const make = () => Uint8Array.from({ length }, () => random() % 128);
const known = Array.from({ length: count }, make);
const asked = Array.from({ length: questions }, make);
for (const question of asked) {
  for (let copy = 1; copy <= copies; copy += 1) {
    const changed = question.map((value) =>
      Math.min(127, Math.max(0, value + (random() % (2 * copy + 1)) - copy)),
    );
    known[random() % count] = changed;
  }
}

type Found = [index: number, nearness: number];
const nearestFirst = ([one, a]: Found, [other, b]: Found) => b - a || one - other;

function lookAtEvery(question: Uint8Array): number[] {
  const found = known.map((other, index): Found => {
    let [product, norm] = [0, 0];
    for (let at = 0; at < length; at += 1) {
      product += (question[at] ?? 0) * (other[at] ?? 0);
      norm += (other[at] ?? 0) ** 2;
    }
    return [index, product / Math.sqrt(norm)];
  });
  return found
    .toSorted(nearestFirst)
    .slice(0, wanted)
    .map(([index]) => index);
}

const nearest = createNearestEmbeddings({ length, knownMax: count, cosineMin: limits.embeddingCosineMin });
for (const [index, embedding] of known.entries()) nearest.add(embedding, index);

/** The ten nearest of each of four. */
function ask(some: readonly Uint8Array[]): number[][] {
  const near = nearest.ask(some);
  return some.map((_, question) => {
    const best: Found[] = [];
    near(question, (index, nearness) => {
      if (index < 0 || (best.length === wanted && nearness <= (best.at(-1)?.[1] ?? 0))) return;
      best.push([index, nearness]);
      best.sort(nearestFirst);
      if (best.length > wanted) best.pop();
    });
    return best.map(([index]) => index);
  });
}

const answers: number[][] = [];
const took: number[] = [];
const usedBefore = process.cpuUsage();
for (let from = 0; from < questions; from += questionsMax) {
  const startedAt = performance.now();
  answers.push(...ask(asked.slice(from, from + questionsMax)));
  took.push((performance.now() - startedAt) / questionsMax);
}
const used = process.cpuUsage(usedBefore);
const processorMs = (used.user + used.system) / 1000 / questions;
const plainAt = performance.now();
for (const [index, question] of asked.slice(0, checked).entries()) {
  assert.deepEqual(answers[index], lookAtEvery(question), `the nearest of question ${index}`);
}
const plainMs = (performance.now() - plainAt) / checked;
const sorted = took.toSorted((a, b) => a - b);
const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
process.stdout.write(`top ${wanted} of ${count} embeddings of ${length} numbers, ${questions} questions
all of them, in WebAssembly   ${median.toFixed(2)} ms a question (median), ${(sorted.at(-1) ?? 0).toFixed(2)} ms at most; ${processorMs.toFixed(2)} ms of processor time
a plain loop                  ${plainMs.toFixed(2)} ms, ${(plainMs / median).toFixed(0)} times as long; ${checked} answers compared, the same
`);
