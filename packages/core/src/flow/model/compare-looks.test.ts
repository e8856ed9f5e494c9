import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Detection } from "../../digest/wire.ts";
import { differingKinds, slicesOf } from "./compare-looks.ts";

const at = (label: string, confidence = 0.9, box: Detection["box"] = [0.1, 0.1, 0.2, 0.4]) => ({
  label,
  confidence,
  box,
});

describe("what two models saw", () => {
  it("differs by what one is sure of and the other does not see at all", () => {
    assert.deepEqual(differingKinds([at("person")], [at("person", 0.26)]), []);
    assert.deepEqual(differingKinds([at("person", 0.39)], []), [], "nobody was sure");
    assert.deepEqual(differingKinds([at("person")], []), ["person"]);
    assert.deepEqual(differingKinds([], [at("car")]), ["vehicle"]);
    assert.deepEqual(differingKinds([at("dog")], [at("cat")]), [], "both say that it is an animal");
    assert.deepEqual(differingKinds([at("person")], [at("person", 0.9, [0.6, 0.1, 0.2, 0.4])]), ["person"]);
    assert.deepEqual(differingKinds([at("bench")], []), [], "nobody is told of it");
    assert.deepEqual(differingKinds([at("person"), at("bus")], [at("dog")]), ["animal", "person", "vehicle"]);
  });

  it("is of slices: the light, what is there, and the camera where it is known", () => {
    const statistics = { monochrome: true, brightness: 9, overexposed: 0, sharpness: 1, bands: [] };
    assert.deepEqual(
      slicesOf([at("truck"), at("car"), at("person", 0.3)], { statistics, camera: "Acme 1" }),
      ["night", "vehicle", "camera:Acme 1"],
    );
    assert.deepEqual(slicesOf([], { statistics: undefined, camera: "" }), []);
  });
});
