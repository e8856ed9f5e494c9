/**
 * `npm run deployments:simulate [-- TIMES [SEED]]`: plays deployments whose truth is known, and fails where a version that is no worse
 * is rolled back too often, or one that fails 2 % of requests is not.
 */
import "../../scripts/help.ts";
import { play, truths } from "../../packages/core/testing/simulate-deployments.ts";
import { terminal } from "../../scripts/terminal.ts";

const [times = 10_000, seed = 1] = process.argv.slice(2).map(Number);

terminal.line(`${times} deployments each, judged every 20 requests (seed ${seed})`);
for (const [about, truth] of Object.entries(truths)) {
  const { rolledBack, medianRequests = "–" } = play(truth, times, seed);
  const isWorse =
    truth.canary > truth.stable || ("slowCanary" in truth && truth.slowCanary > truth.slowStable);
  const holds = isWorse ? rolledBack > 0.95 : rolledBack <= 0.05;
  if (!holds) process.exitCode = 1;
  terminal.line(
    `${holds ? "holds" : "FAILS"}  ${about} (share ${truth.share}): rolled back ${(rolledBack * 100).toFixed(2)} %, after ${medianRequests} requests of its own (median)`,
  );
}
