/**
 * Which scenario notices that a number is another one: every weight of the explainer dropped, halved and doubled, and every
 * threshold by which pictures are read halved and doubled, one at a time. What nobody notices survives.
 */
import { fileURLToPath } from "node:url";
import { weights } from "../../packages/core/src/assessment/weights.ts";
import { factorsOf, noticedBy, pathsOf } from "../../packages/core/testing/weight-mutants.ts";
import { run } from "../commands.ts";
import { groups, mutantsOf } from "./thresholds.ts";

export type Fate = { name: string; factor: number; noticedBy: string | undefined };

export const thresholdGroups = Object.keys(groups);

export function mutateWeights(): Fate[] {
  return pathsOf(weights).flatMap((path) => {
    const name = path.join(".");
    return factorsOf(name).map((factor) => ({ name, factor, noticedBy: noticedBy(path, factor) }));
  });
}

/** @throws Error when the tests of the group do not run to their end */
export async function mutateThresholds(group: string): Promise<Fate[]> {
  const script = fileURLToPath(new URL("play-mutants.ts", import.meta.url));
  const { output } = await run(process.execPath, ["--test-reporter=tap", script, group]);
  if (!/^# pass \d+/m.test(output)) {
    throw new Error(`the mutants of ${group} did not run to their end: ${output.slice(-500)}`);
  }
  const failures = failuresIn(output);
  return mutantsOf(group).map(({ threshold: { file, name }, factor }, index) => ({
    name: `${file.replace("packages/core/src/", "").replace(".ts", "")} ${name}`,
    factor,
    noticedBy: failures.get(index),
  }));
}

/** By mutant, the first of its tests that failed. */
function failuresIn(report: string): ReadonlyMap<number, string> {
  const failed = [...report.matchAll(/^ *not ok \d+ - mutant (\d+): (.+)$/gm)];
  return new Map(failed.toReversed().map(([, index, name = ""]) => [Number(index), name]));
}
