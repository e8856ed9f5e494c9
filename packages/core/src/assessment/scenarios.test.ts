import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { scoreOf } from "./index.ts";
import { judgeScenario } from "./read-scenario.ts";
import { scenarios } from "./scenarios.ts";

describe("scenarios", () => {
  for (const [heading, group] of Map.groupBy(scenarios, (scenario) => scenario.heading)) {
    describe(heading, () => {
      for (const scenario of group) {
        it(`${scenario.level}: ${scenario.name}`, () => {
          const assessment = judgeScenario(scenario);
          const why = assessment.reasons.map((reason) => `${reason.code} ${reason.weight}`).join(", ");
          assert.equal(assessment.level, scenario.level, `${assessment.score}: ${why}`);
          assert.equal(assessment.score, scoreOf(assessment.reasons));
        });
      }
    });
  }

  it("are at least sixty, none twice, and cover every level and mode", () => {
    assert.ok(scenarios.length >= 60);
    assert.equal(new Set(scenarios.map((scenario) => scenario.name)).size, scenarios.length);
    assert.equal(new Set(scenarios.map((scenario) => scenario.level)).size, 4);
    const modes = scenarios.flatMap((scenario) => scenario.observations.map((event) => event.mode));
    assert.equal(new Set(modes).size, 6);
  });
});
