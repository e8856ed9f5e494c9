import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Check } from "../api/contract.ts";
import { declaredOf, generatedOf, percent } from "./check-words.ts";

const check = (part: Partial<Check>): Check => ({
  id: "chk_1",
  kind: "text",
  checkedAt: "2026-11-20T08:00:00Z",
  actor: "mbr_1",
  sha256: "0".repeat(64),
  bytes: 10,
  points: 1,
  label: null,
  declared: { status: "silent", says: [] },
  provenance: null,
  marks: [],
  generated: { status: "cannot-tell", reasons: ["it has 3 words, and 120 are needed"] },
  ...part,
});

describe("what is said of a check", () => {
  it("never calls a text generated without how often that is wrong", () => {
    const error = {
      slice: "news",
      humans: 108,
      falsePositives: 1,
      rate: 0.0093,
      rateMax: 0.0505,
      found: 0.955,
    };
    const likely = generatedOf(
      check({ generated: { status: "likely", probability: 0.97, error, reasons: [] } }),
    );
    assert.match(likely.join(" "), /no proof.*wrong for 1 of 108 texts.*0\.9%.*5\.1% cannot be ruled out/);
    const none = generatedOf(
      check({ generated: { status: "none-found", probability: 0.1, error, reasons: [] } }),
    );
    assert.match(none.join(" "), /proves nothing: 4\.5% of theirs are not found/);
  });

  it("says whose word an origin is, and that silence proves nothing", () => {
    const by = (who: "signed-manifest" | "metadata") =>
      declaredOf(check({ declared: { status: "generated", by: who, says: ["trainedAlgorithmicMedia"] } }));
    assert.match(by("signed-manifest"), /signed, and unchanged since/);
    assert.match(by("metadata"), /Anybody can have written that/);
    assert.match(declaredOf(check({})), /proves nothing/);
  });

  it("says small shares with a decimal", () => {
    assert.deepEqual([0, 0.0093, 0.5, 1].map(percent), ["0%", "0.9%", "50%", "100%"]);
  });
});
