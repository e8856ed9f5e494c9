/** A small part of the corpus, of both halves; `npm run bench -- fusion` plays all of it. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FusionRules } from "../../src/fusion/rules.ts";
import { type FireName, fires } from "./fires.ts";
import { halves, playFire, playMonth, seedOf } from "./play.ts";

const rules = FusionRules.parse({});

for (const half of halves) {
  describe(`the ${half} half of the corpus`, () => {
    for (const name of Object.keys(fires) as FireName[]) {
      it(`has every ${name} fire found in time`, () => {
        for (let index = 0; index < 3; index++) {
          const { foundSeconds, seed } = playFire(name, seedOf(half, index), rules);
          assert.notEqual(foundSeconds, undefined, `seed ${seed}`);
        }
      });
    }

    it("has no false alarm in a day's nuisances of three devices", () => {
      for (let index = 0; index < 3; index++) {
        const { falseAlarms, seconds } = playMonth(seedOf(half, index), rules, 1 / 30, 0.1);
        assert.deepEqual(
          falseAlarms.map(({ during, alarm }) => `${alarm.threat} during ${during}`),
          [],
        );
        assert.ok(seconds > 3_600);
      }
    });
  });
}

describe("the corpus", () => {
  it("is the same whenever it is played", () => {
    assert.deepEqual(playFire("smouldering", 2, rules), playFire("smouldering", 2, rules));
  });

  it("finds that rules which alarm at body heat raise false alarms", () => {
    const nervous = FusionRules.parse({
      thermal: { onCelsius: 28, criticalCelsius: 30, bodyCelsiusMax: 27 },
    });
    assert.ok(playMonth(2, nervous, 1 / 60, 0).falseAlarms.length > 0);
  });
});
