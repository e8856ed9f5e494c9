import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { decide, type Said } from "./decide.ts";
import { FusionRules } from "./rules.ts";
import { sources, standardMatrix } from "./threat-matrix.ts";

const rules = FusionRules.parse({});
const said = (source: Said["source"], state: 1 | 2 = 1, strength = 0.6): Said => ({
  source,
  state,
  strength,
});

const anySaid = fc.uniqueArray(
  fc.record({
    source: fc.constantFrom(...sources),
    state: fc.constantFrom(1 as const, 2 as const),
    strength: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { selector: ({ source }) => source },
);

describe("deciding", () => {
  it("waits for a second source, unless smoke, gas, flame or heat decides alone", () => {
    for (const source of ["smoke", "gas", "flame", "vision"] as const) {
      assert.equal(decide([said(source)], rules), undefined);
    }
    assert.equal(decide([said("thermal")], rules)?.level, "standard");
    assert.equal(decide([said("smoke", 2)], rules)?.kind, "smoke");
    assert.equal(decide([said("gas", 2)], rules)?.kind, "gas");
    assert.equal(decide([said("thermal", 2)], rules)?.level, "critical");
  });

  it("calls two sources that agree a fire, and flame with heat the worst", () => {
    assert.equal(decide([said("gas"), said("vision")], rules)?.level, "elevated");
    const fire = decide([said("flame"), said("thermal")], rules);
    assert.deepEqual([fire?.kind, fire?.level], ["fire", "critical"]);
  });

  it("answers a probability of 0 to 1 that no further evidence lowers", () => {
    fc.assert(
      fc.property(anySaid, (all) => {
        const probabilities = all.map((_, index) => decide(all.slice(0, index + 1), rules)?.probability ?? 0);
        probabilities.forEach((probability, index) => {
          assert.ok(probability >= 0 && probability <= 1);
          assert.ok(index === 0 || probability >= (probabilities[index - 1] ?? 0) || probability === 0);
        });
      }),
    );
  });

  it("does not depend on the order in which the sources speak", () => {
    fc.assert(
      fc.property(anySaid, (all) => {
        const [one, other] = [decide(all, rules), decide(all.toReversed(), rules)];
        assert.equal(one?.threat, other?.threat);
        assert.ok(Math.abs((one?.probability ?? 0) - (other?.probability ?? 0)) < 1e-9);
      }),
    );
  });
});

describe("rules that a site edits", () => {
  const faults = (edited: unknown) =>
    FusionRules.safeParse(edited).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);

  it("are refused with all their faults at once", () => {
    assert.deepEqual(
      faults({ smokePercent: { on: 70 }, thermal: { bodyCelsiusMax: 61 }, clearSeconds: -1 }),
      [
        "smokePercent: expected off < on <= alone <= critical",
        "thermal: expected bodyCelsiusMax < onCelsius",
        "clearSeconds: Too small: expected number to be >=0",
      ],
    );
    assert.match(faults({ smokePrecent: {} })?.join() ?? "", /Unrecognized key: "smokePrecent"/);
  });

  it("are refused when a row of the matrix can never speak, or needs nothing", () => {
    const [first] = standardMatrix;
    const row = { ...first, threat: "hidden", needs: { flame: "decisive", thermal: "active" } };
    assert.match(
      faults({ matrix: [first, row] })?.join() ?? "",
      /"hidden" never speaks: "fire seen by flame and heat" above it/,
    );
    assert.match(
      faults({ matrix: [{ ...first, needs: {} }] })?.join() ?? "",
      /expected a row to need a source/,
    );
  });

  it("change what is said: a site may want two sources for heat too", () => {
    const strict = FusionRules.parse({ matrix: standardMatrix.slice(0, 3) });
    assert.equal(decide([said("thermal", 2)], strict), undefined);
    assert.equal(decide([said("thermal"), said("smoke")], strict)?.kind, "fire");
  });
});
