import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { open } from "./evenings.ts";
import { judgeScenario } from "./read-scenario.ts";
import { scenarios } from "./scenarios.ts";
import { type Weights, weights } from "./weights.ts";

type Path = readonly string[];

/** The path of every number in the table: `["zones", "risks", "front_door"]`. */
function pathsOf(table: unknown, path: Path = []): Path[] {
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
const held = [...scenarios, ...open];

/** Whether a scenario notices that the number is `factor` times what it was. */
function isNoticed(path: Path, factor: number): boolean {
  const mutant = multiplied(weights, path, factor) as Weights;
  return held.some((scenario) => judgeScenario(scenario, mutant).level !== scenario.level);
}

/** Doubling these shows in no level: what they weigh in is at its top or at its bottom already. */
const cannotGrow: ReadonlySet<string> = new Set([
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
const cannotShrink: ReadonlySet<string> = new Set([
  "reports.animal",
  "zones.risks.street",
  "zones.kinds.public",
]);

function factorsOf(name: string): number[] {
  return [...(cannotShrink.has(name) ? [] : [0, 0.5]), ...(cannotGrow.has(name) ? [] : [2])];
}

describe("the scenarios hold every weight in place", () => {
  for (const path of pathsOf(weights)) {
    const name = path.join(".");
    it(`${name} cannot be multiplied by ${factorsOf(name).join(", ")} unnoticed`, () => {
      const unnoticed = factorsOf(name).filter((factor) => !isNoticed(path, factor));
      assert.deepEqual(
        unnoticed,
        [],
        `no scenario fails when ${name} is multiplied by ${unnoticed.join(", ")}`,
      );
    });
  }

  it("makes an exception of no weight that the scenarios could hold", () => {
    const paths = pathsOf(weights);
    const pathOf = (name: string) => paths.find((path) => path.join(".") === name) ?? assert.fail(name);
    for (const name of cannotGrow) assert.ok(!isNoticed(pathOf(name), 2), name);
    for (const name of cannotShrink) {
      assert.ok(!isNoticed(pathOf(name), 0) && !isNoticed(pathOf(name), 0.5), name);
    }
  });
});
