import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judgeAuthenticity, type Known } from "./index.ts";
import type { Provenance } from "./wire.ts";

const known: Known = {
  sha256: "0".repeat(64),
  logged: undefined,
  earlier: undefined,
  compared: undefined,
  capture: undefined,
  signature: undefined,
  provenance: undefined,
};
const generated = (status: Provenance["status"]): Provenance => ({
  status,
  codes: [],
  sourceTypes: ["trainedAlgorithmicMedia"],
  sourceTypesBy: "manifest",
});

describe("what is said of synthesis", () => {
  it("is what the file declares, and who says so", () => {
    const said = judgeAuthenticity({ ...known, provenance: generated("trusted") }).synthetic;
    assert.deepEqual(said, {
      status: "declared",
      reasons: ["a signed statement says: trainedAlgorithmicMedia"],
    });
  });

  it("is nothing where the statement was changed, or its file", () => {
    for (const status of ["manifest-altered", "content-changed"] as const) {
      const said = judgeAuthenticity({ ...known, provenance: generated(status) }).synthetic;
      assert.equal(said.status, "cannot-tell", status);
    }
  });
});
