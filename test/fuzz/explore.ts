/** Plays mutated inputs for a time, and keeps those that reach code which none before them reached. */
import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { randomOf } from "../../packages/core/testing/picture-heads.ts";
import { type Coverage, watchCoverage } from "./coverage.ts";
import { mutate } from "./mutate.ts";
import type { Ending, Opened, Target } from "./target.ts";

export type Explored = Record<Ending, number> & {
  inputs: number;
  /** Inputs that reached new code, in the order in which they did. */
  found: Buffer[];
  /** Of what the process holds after a collection, between the first quarter of the time and the end. */
  grownBytes: number;
};

export type ExploreOptions = {
  target: Target;
  corpus: readonly Buffer[];
  seed: number;
  ms: number;
  /** Told of each input before it is played. */
  onInput: (input: Buffer) => void;
};

const batchInputs = 512;
const batchMs = 250;
/** More would only share the time among what differs little. */
const keptMax = 3_000;
const cpuMsMax = 1_000;
const foundBytes = (found: readonly Buffer[]) => found.reduce((sum, { length }) => sum + length, 0);

class TooSlow extends Error {
  override readonly name = "TooSlow";
}

/** @throws whatever an input makes the target throw that is no refusal, and `TooSlow` */
export async function explore(options: ExploreOptions): Promise<Explored> {
  const { target, corpus, seed, ms } = options;
  const opened = await target.open();
  const coverage = watchCoverage((url) => url.startsWith("file:") && !url.includes("/test/fuzz/"));
  try {
    const run = { ...options, opened, coverage, kept: [...(await target.seeds()), ...corpus] };
    return await exploreOpened(run, { random: randomOf(seed), endMs: performance.now() + ms });
  } finally {
    coverage.stop();
    await opened.close?.();
  }
}

type Run = ExploreOptions & { opened: Opened; coverage: Coverage; kept: Buffer[] };

async function exploreOpened(
  run: Run,
  { random, endMs }: { random: () => number; endMs: number },
): Promise<Explored> {
  const { target, coverage, kept } = run;
  const explored: Explored = { inputs: 0, taken: 0, refused: 0, found: [], grownBytes: 0 };
  const count = async (input: Buffer) => {
    explored[await play(run, input)]++;
    explored.inputs++;
  };
  for (const input of kept) await count(input);
  coverage.takeNew();
  const from = { inputs: kept, tokens: target.tokens ?? [], bytesMax: target.bytesMax };
  const quarterMs = endMs - run.ms * 0.75;
  let heldBytes: number | undefined;
  while (performance.now() < endMs) {
    const batch: Buffer[] = [];
    const batchEndMs = performance.now() + batchMs;
    while (batch.length < batchInputs && performance.now() < batchEndMs) {
      const input = mutate(from, random);
      batch.push(input);
      await count(input);
    }
    // What rejected unheard is heard of now.
    await turn();
    await keepThoseThatReach(run, batch, explored);
    if (heldBytes === undefined && performance.now() > quarterMs) heldBytes = held(explored);
  }
  explored.grownBytes = held(explored) - (heldBytes ?? held(explored));
  return explored;
}

/** Plays a batch in which something ran for the first time again, half by half, to find out which inputs did it. */
async function keepThoseThatReach(run: Run, batch: readonly Buffer[], explored: Explored): Promise<void> {
  const { coverage, kept } = run;
  const places = coverage.takeNew();
  const narrow = async (inputs: readonly Buffer[]): Promise<void> => {
    if (places.size === 0 || kept.length >= keptMax) return;
    for (const input of inputs) await play(run, input);
    const [first] = inputs;
    const isOne = inputs.length === 1;
    if (first === undefined || !coverage.reaches(places, { takeOff: isOne })) return;
    if (isOne) {
      kept.push(first);
      explored.found.push(first);
      return;
    }
    await narrow(inputs.slice(0, inputs.length >> 1));
    await narrow(inputs.slice(inputs.length >> 1));
  };
  await narrow(batch);
}

async function play({ opened, onInput }: Run, input: Buffer): Promise<Ending> {
  onInput(input);
  const startMs = performance.now();
  const ending = await opened.take(input);
  // A machine that does something else is not slowness: what took long is measured anew, by the thread's own time.
  if (performance.now() - startMs > cpuMsMax) {
    const before = process.threadCpuUsage();
    await opened.take(input);
    const { user, system } = process.threadCpuUsage(before);
    const cpuMs = (user + system) / 1_000;
    if (cpuMs > cpuMsMax) throw new TooSlow(`one input takes ${Math.round(cpuMs)} ms of processor time`);
  }
  return ending;
}

let collect: (() => void) | undefined;

function held({ found }: Explored): number {
  if (!collect) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
  }
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external - foundBytes(found);
}
