/**
 * `npm run levels [-- PAIRS [SEED]]`: plays pairs of generated evenings, one of which anybody would call worse, through the
 * explainer, and fails where the worse is judged less. A million pairs take some three minutes.
 *
 * `npm run levels -- --mutate`: changes one number after the other, and fails where no scenario notices.
 */
import "./help.ts";
import { parseArgs } from "node:util";
import { findViolations } from "../packages/core/testing/evenings.ts";
import { type Fate, mutateThresholds, mutateWeights, thresholdGroups } from "./mutate/index.ts";
import { terminal } from "./terminal.ts";

const stepPairs = 50_000;

function play(pairs: number, seed: number): void {
  let played = 0;
  const found = [];
  for (let step = 0; played < pairs; step += 1) {
    const result = findViolations(seed + step, Math.min(stepPairs, pairs - played));
    played += result.played;
    found.push(...result.violations);
  }
  terminal.line(`${played} pairs, ${found.length} of them in the wrong order (seed ${seed})`);
  for (const violation of found.slice(0, 5)) terminal.line(JSON.stringify(violation));
  if (found.length > 0) process.exitCode = 1;
}

function show(fates: readonly Fate[]): void {
  for (const { name, factor, noticedBy } of fates) {
    terminal.line(`${name} x ${factor}: ${noticedBy ?? "SURVIVES"}`);
  }
}

async function mutate(): Promise<void> {
  const fates = mutateWeights();
  show(fates);
  for (const group of thresholdGroups) {
    const more = await mutateThresholds(group);
    show(more);
    fates.push(...more);
  }
  const survivors = fates.filter(({ noticedBy }) => noticedBy === undefined);
  terminal.line(`${fates.length} mutants, ${survivors.length} survive`);
  if (survivors.length > 0) process.exitCode = 1;
}

const { values, positionals } = parseArgs({
  options: { mutate: { type: "boolean", default: false } },
  allowPositionals: true,
});
if (values.mutate) await mutate();
else play(Number(positionals[0] ?? 1_000_000), Number(positionals[1] ?? 1));
