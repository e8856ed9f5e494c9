/**
 * `npm run simulate -- --seeds 2000 [--from 1]`: plays seed after seed, and says each that breaks a promise, made small.
 * `--seed 17 [--without 3,5] [--trace]` plays one, `--planted [--seeds 60]` plants each fault on purpose and says which seed
 * catches it (`--only refund` plants that one). Ctrl-C ends it after the seed at hand, with what was done.
 */
import "../../scripts/help.ts";
import { parseArgs } from "node:util";
import { startTestServer } from "../../scripts/test-server.ts";
import { describeDeed } from "./plan.ts";
import { type Planted, plantable } from "./planted.ts";
import { openStage, type Played, type Stage } from "./play.ts";
import { shrink } from "./shrink.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string" },
    from: { type: "string", default: "1" },
    seed: { type: "string" },
    without: { type: "string", default: "" },
    planted: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    trace: { type: "boolean", default: false },
  },
});
const sayEveryMs = 10_000;
const say = (text: string) => process.stdout.write(`${text}\n`);

const stop = new AbortController();
// The second Ctrl-C ends it at once.
process.once("SIGINT", () => {
  stop.abort();
  say("\nstopping after this seed");
});

function countOf(text: string, name: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new Error(`--${name} must be a count, got ${text}`);
  return count;
}

function sayBroken(played: Played): void {
  for (const { kind, detail, step } of played.violations.slice(0, 5)) {
    say(`  ${kind} at step ${step}: ${detail}`);
  }
}

async function sayShrunk(stage: Stage, broken: Played, planted?: Planted): Promise<void> {
  const { without, played, rounds } = await shrink(stage, broken, {
    planted,
    isStopped: () => stop.signal.aborted,
  });
  const left = [...played.plan.deeds, ...played.plan.faults];
  const named = without.size === 0 ? "" : ` --without ${[...without].toSorted((a, b) => a - b).join(",")}`;
  say(`  made small in ${rounds} runs: npm run simulate -- --seed ${broken.seed}${named}`);
  for (const one of left) say(`    ${describeDeed(one)}`);
  sayBroken(played);
}

async function playMany(stage: Stage, from: number, count: number): Promise<boolean> {
  const total = {
    seeds: 0,
    broken: 0,
    steps: 0,
    statements: 0,
    kills: 0,
    deadlocks: 0,
    events: 0,
    digests: 0,
    delivered: 0,
  };
  const beganMs = performance.now();
  let saidMs = beganMs;
  const sayTotal = () =>
    say(
      `${total.seeds} of ${count} seeds in ${Math.round((performance.now() - beganMs) / 1000)} s: ${total.broken} broke a promise; ` +
        `${total.steps} steps, ${total.statements} statements, ${total.kills} kills, ${total.deadlocks} deadlocks, ` +
        `${total.events} events, ${total.digests} digests, ${total.delivered} deliveries`,
    );
  for (let seed = from; seed < from + count && !stop.signal.aborted; seed += 1) {
    const played = await stage.play(seed);
    total.seeds += 1;
    total.steps += played.steps;
    total.statements += played.statements;
    total.kills += played.kills;
    total.deadlocks += played.deadlocks;
    total.events += played.done.events;
    total.digests += played.done.digests;
    total.delivered += played.done.delivered;
    if (played.violations.length > 0) {
      total.broken += 1;
      say(`seed ${seed} (trace ${played.traceHash}) broke a promise:`);
      sayBroken(played);
      await sayShrunk(stage, played);
    }
    if (performance.now() - saidMs > sayEveryMs) {
      saidMs = performance.now();
      sayTotal();
    }
  }
  sayTotal();
  return total.broken === 0;
}

async function playPlanted(stage: Stage, seedsMax: number): Promise<boolean> {
  say("| planted | caught by seed | seeds it took | as |\n| --- | --- | --- | --- |");
  let isAllCaught = true;
  for (const planted of plantable.filter(({ name }) => name.includes(values.only))) {
    let caught: Played | undefined;
    let seed = 0;
    while (!caught && seed < seedsMax && !stop.signal.aborted) {
      seed += 1;
      const played = await stage.play(seed, { planted });
      if (played.violations.length > 0) caught = played;
    }
    const first = caught?.violations[0];
    isAllCaught &&= caught !== undefined;
    say(
      `| ${planted.name} | ${caught?.seed ?? "none"} | ${seed} | ${first ? `${first.kind}: ${first.detail.slice(0, 90)}` : "not caught"} |`,
    );
  }
  return isAllCaught;
}

async function playSingle(stage: Stage, seed: number): Promise<boolean> {
  const without = new Set(values.without.split(",").filter(Boolean).map(Number));
  const played = await stage.play(seed, { without, keepTrace: values.trace });
  for (const line of played.trace) say(line);
  const { steps, statements, traceHash, done, violations } = played;
  say(`seed ${seed}: trace ${traceHash}, ${steps} steps, ${statements} statements, ${JSON.stringify(done)}`);
  sayBroken(played);
  return violations.length === 0;
}

await using server = await startTestServer();
process.env.TEST_DATABASE_URL = server.url;
const stage = await openStage();
try {
  const { seed, planted, seeds, from } = values;
  const isSound =
    seed !== undefined
      ? await playSingle(stage, countOf(seed, "seed"))
      : planted
        ? await playPlanted(stage, countOf(seeds ?? "60", "seeds"))
        : await playMany(stage, countOf(from, "from"), countOf(seeds ?? "100", "seeds"));
  if (!isSound) process.exitCode = 1;
} finally {
  await stage.close();
}
