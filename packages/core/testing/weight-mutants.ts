/** The weights with one number changed, and which scenario notices. */
import { open } from "../src/assessment/evenings.ts";
import { openLater } from "../src/assessment/evenings-later.ts";
import { isRight, judgeScenario } from "../src/assessment/read-scenario.ts";
import { scenarios } from "../src/assessment/scenarios.ts";
import { type Weights, weights } from "../src/assessment/weights.ts";

export type Path = readonly string[];

/** The path of every number in the table: `["zones", "risks", "front_door"]`. */
export function pathsOf(table: unknown, path: Path = []): Path[] {
  if (typeof table === "number") return [path];
  if (typeof table !== "object" || table === null) return [];
  return Object.entries(table).flatMap(([key, value]) => pathsOf(value, [...path, key]));
}

/** The table with the number at `path` multiplied. */
function multiplied(table: unknown, [key, ...rest]: Path, factor: number): unknown {
  if (key === undefined) return Number(table) * factor;
  const record = table as Record<string, unknown>;
  return { ...record, [key]: multiplied(record[key], rest, factor) };
}

/** The frozen evenings hold nothing: they only tell how well the weights do beyond what they were made for. */
const held = [...scenarios, ...open, ...openLater].filter((scenario) =>
  isRight(scenario, judgeScenario(scenario)),
);

/** The name of the first scenario that notices the number to be `factor` times what it was; undefined when none does. */
export function noticedBy(path: Path, factor: number): string | undefined {
  const mutant = multiplied(weights, path, factor) as Weights;
  return held.find((scenario) => !isRight(scenario, judgeScenario(scenario, mutant)))?.name;
}

/** Doubling these shows in no level: what they weigh in is at its top or at its bottom already. */
export const cannotGrow: ReadonlySet<string> = new Set([
  // Critical by themselves in every place, mode and hour.
  "alarms.smoke",
  "alarms.carbon_monoxide",
  "alarms.gas",
  "alarms.flame",
  "alarms.forced_entry",
  "bounds.emergencyLeast",
  // Breaking glass is elevated at least, and a break-in after it critical.
  "chains.breakIn",
  // A measurement alone stays below critical by `bounds.aloneMost`.
  "details.heat",
  // What a pet seen beside it, or the wind, explains is low already.
  "details.petSeenBeside",
  "seen.pet",
  "calm.wind",
]);

/** Dropping or halving these shows in no level: what they weigh in is low already. */
export const cannotShrink: ReadonlySet<string> = new Set([
  "reports.animal",
  "zones.risks.street",
  "zones.kinds.public",
]);

export function factorsOf(name: string): number[] {
  return [...(cannotShrink.has(name) ? [] : [0, 0.5]), ...(cannotGrow.has(name) ? [] : [2])];
}
