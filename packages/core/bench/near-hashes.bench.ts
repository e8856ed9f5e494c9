/**
 * How long it takes to find the hashes near to one: multi-index hashing over 1,000,000 hashes of 64 bits at radius 8, against a
 * look at every one, whose answers must be the same.
 *
 *   npm run bench -- near-hashes --hashes 1000000
 */
import "../../../scripts/help.ts";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { bitCount, createNearHashes, type Hashes } from "../src/run/near-hashes.ts";

const { values } = parseArgs({ options: { hashes: { type: "string", default: "1000000" } } });
const count = Number(values.hashes);
const radius = 8;
const queries = 1_000;

/** xorshift32 (G. Marsaglia, 2003), so that every run asks the same. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state | 0;
  };
}

/** Every tenth is a copy of an earlier one with up to 8 bits flipped: what a bench of chance alone would never find. */
function makeHashes(): Hashes {
  const random = generator(7);
  const high = Int32Array.from({ length: count }, random);
  const low = Int32Array.from({ length: count }, random);
  for (let index = 10; index < count; index += 10) {
    const earlier = (random() >>> 0) % index;
    high[index] = high[earlier] ?? 0;
    low[index] = low[earlier] ?? 0;
    for (let flip = 0; flip < (random() >>> 0) % (radius + 1); flip += 1) {
      const bit = (random() >>> 0) % 64;
      if (bit < 32) low[index] = (low[index] ?? 0) ^ (1 << bit);
      else high[index] = (high[index] ?? 0) ^ (1 << (bit - 32));
    }
  }
  return { high, low };
}

function lookAtEvery({ high, low }: Hashes, index: number): number[] {
  const found: number[] = [];
  const [ownHigh, ownLow] = [high[index] ?? 0, low[index] ?? 0];
  for (let other = 0; other < count; other += 1) {
    const distance = bitCount(ownHigh ^ (high[other] ?? 0)) + bitCount(ownLow ^ (low[other] ?? 0));
    if (distance <= radius) found.push(other);
  }
  return found;
}

const hashes = makeHashes();
const buildAt = performance.now();
const near = createNearHashes(hashes, radius);
const buildMs = performance.now() - buildAt;
const asked = Array.from({ length: queries }, (_, index) => Math.floor((index * count) / queries / 10) * 10);
for (const index of asked) near(index, () => undefined);

const nearAt = performance.now();
const answers = asked.map((index) => {
  const found: number[] = [];
  near(index, (other) => found.push(other));
  return found;
});
const nearMs = (performance.now() - nearAt) / queries;
const everyAt = performance.now();
const expected = asked.map((index) => lookAtEvery(hashes, index));
const everyMs = (performance.now() - everyAt) / queries;
const differing = answers.filter(
  (found, index) => found.toSorted((a, b) => a - b).join() !== expected[index]?.join(),
).length;

process.stdout.write(`${count} hashes, radius ${radius}, ${queries} queries, ${answers.flat().length} found
index built in ${buildMs.toFixed(0)} ms
              ms a query   ratio
every one     ${everyMs.toFixed(4).padStart(10)}       1
multi-index   ${nearMs.toFixed(4).padStart(10)} ${(everyMs / nearMs).toFixed(0).padStart(7)}
${differing} answers differ
`);
if (differing > 0) process.exitCode = 1;
