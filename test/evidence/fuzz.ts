/**
 * `npm run fuzz:evidence -- --count 10000000 --decode 20000 --seed 1`: damaged pictures and forms through the readers of
 * intake, seal and worker, half and half, and damaged pictures through the decoder. Ends at the first disagreement, with
 * the seed that shows it again.
 */
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
    count: { type: "string", default: "10000000" },
    decode: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
  },
});
const [count, decodes, seed] = [Number(values.count), Number(values.decode), Number(values.seed)];
const everyMs = 10_000;
const blockRounds = 10_000;

const kinds = await headKinds();
const forms = formKinds(kinds);

function pick<T>(from: readonly T[], round: number): T {
  const one = from[round % from.length];
  if (one === undefined) throw new Error("there is nothing to damage");
  return one;
}

/** Each block of rounds has a seed of its own, so that one of them can be run again alone. */
async function fuzz(
  what: string,
  rounds: number,
  one: (random: () => number, round: number) => Ending | Promise<Ending>,
): Promise<void> {
  const endings: Record<Ending, number> = { taken: 0, refused: 0 };
  const startMs = performance.now();
  let saidMs = startMs;
  const say = (done: number) =>
    process.stdout.write(
      `${what}: ${done} of ${rounds}, ${endings.taken} taken, ${endings.refused} refused, ${Math.round((performance.now() - startMs) / 1000)} s\n`,
    );
  for (let round = 0, random = randomOf(seed); round < rounds; round += 1) {
    if (round % blockRounds === 0) random = randomOf(seed + round);
    try {
      endings[await one(random, round)] += 1;
    } catch (error) {
      process.stdout.write(`${what}: round ${round} of seed ${seed} disagrees\n`);
      throw error;
    }
    if (performance.now() - saidMs > everyMs) {
      saidMs = performance.now();
      say(round + 1);
    }
  }
  say(rounds);
}

await fuzz("pictures", Math.ceil(count / 2), (random, round) =>
  agreeOnPicture(mutate(pick(kinds, round).bytes, random)),
);
await fuzz("forms", Math.floor(count / 2), (random, round) => {
  const { contentType, body } = mutateForm(pick(forms, round), random);
  return agreeOnForm(contentType, body);
});
await fuzz("decoder", decodes, (random, round) => agreeWithDecoder(mutate(pick(kinds, round).bytes, random)));
