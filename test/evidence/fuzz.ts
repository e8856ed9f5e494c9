/**
 * `npm run fuzz:evidence -- --pictures 5000000 --forms 5000000 --decode 20000 --seed 1`: damaged pictures and forms
 * through the readers of intake, seal and worker, and damaged pictures through the decoder. Says every ten seconds how far
 * it is; so does Ctrl-C, which ends it after the round. Ends by itself at the first disagreement, with the round and the seed that show it again.
 * Processes with seeds of their own, 1 to 9,999, share the work without doing any of it twice.
 */
import "../../scripts/help.ts";
import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import { parseArgs } from "node:util";
import { headKinds, mutate, randomOf } from "../../packages/core/testing/picture-heads.ts";
import {
  agreeOnForm,
  agreeOnPicture,
  agreeWithDecoder,
  type Ending,
  formKinds,
  mutateForm,
} from "./agree.ts";

const { values } = parseArgs({
  options: {
    pictures: { type: "string", default: "5000000" },
    forms: { type: "string", default: "5000000" },
    decode: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
  },
});
const everyMs = 10_000;
const blockRounds = 10_000;
/** After so many rounds a signal is heard. */
const turnRounds = 400;

const stop = new AbortController();
// The second Ctrl-C ends it at once.
process.once("SIGINT", () => stop.abort());

function countOf(name: keyof typeof values): number {
  const count = Number(values[name]);
  assert.ok(Number.isSafeInteger(count) && count >= 0, `--${name} must be a count, got ${values[name]}`);
  return count;
}
const [pictures, posted, decoded, seed] = [
  countOf("pictures"),
  countOf("forms"),
  countOf("decode"),
  countOf("seed"),
];

// Most rounds end in an error that was expected; to collect its stack costs more than the reading.
Error.stackTraceLimit = 0;

const kinds = await headKinds();
const forms = formKinds(kinds);

function pick<T>(from: readonly T[], round: number): T {
  const one = from[round % from.length];
  assert.ok(one !== undefined, "there is nothing to damage");
  return one;
}

/**
 * Each block of rounds has a seed of its own, so that one of them can be run again alone. `damage` is called in order;
 * `agree` of up to `atOnce` rounds together.
 */
async function fuzz<T>(
  what: string,
  options: { rounds: number; atOnce: number },
  damage: (random: () => number, round: number) => T,
  agree: (damaged: T) => Ending | Promise<Ending>,
): Promise<void> {
  const { rounds, atOnce } = options;
  const endings: Record<Ending, number> = { taken: 0, refused: 0 };
  const startMs = performance.now();
  let saidMs = startMs;
  const say = (done: number) =>
    process.stdout.write(
      `${what}: ${done} of ${rounds}, ${endings.taken} taken, ${endings.refused} refused, ${Math.round((performance.now() - startMs) / 1000)} s\n`,
    );
  const one = async (damaged: T, round: number) => {
    try {
      endings[await agree(damaged)] += 1;
    } catch (error) {
      process.stdout.write(`${what}: round ${round} of seed ${seed} disagrees\n`);
      throw error;
    }
  };
  let random = randomOf(seed);
  let done = 0;
  for (let from = 0; from < rounds && !stop.signal.aborted; from += atOnce) {
    const together: Promise<void>[] = [];
    for (let round = from; round < Math.min(rounds, from + atOnce); round += 1) {
      if (round % blockRounds === 0) random = randomOf(seed + round);
      together.push(one(damage(random, round), round));
    }
    await Promise.all(together);
    done += together.length;
    if (done % turnRounds === 0) await nextTurn();
    if (performance.now() - saidMs > everyMs) {
      saidMs = performance.now();
      say(done);
    }
  }
  if (done > 0) say(done);
}

await fuzz(
  "pictures",
  { rounds: pictures, atOnce: 1 },
  (random, round) => mutate(pick(kinds, round).bytes, random),
  agreeOnPicture,
);
await fuzz(
  "forms",
  { rounds: posted, atOnce: 1 },
  (random, round) => mutateForm(pick(forms, round), random),
  ({ contentType, body }) => agreeOnForm(contentType, body),
);
await fuzz(
  "decoder",
  { rounds: decoded, atOnce: 16 },
  (random, round) => mutate(pick(kinds, round).bytes, random),
  agreeWithDecoder,
);
if (stop.signal.aborted) process.exitCode = 130;
