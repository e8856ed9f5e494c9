/**
 * `npm run levels [-- PAIRS [SEED]]`: plays pairs of generated evenings, one of which anybody would call worse, through the
 * explainer, and fails where the worse is judged less. A million pairs take some three minutes.
 */
import { findViolations } from "../packages/core/testing/evenings.ts";
import { terminal } from "./terminal.ts";

const stepPairs = 50_000;
const pairs = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? 1);
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
