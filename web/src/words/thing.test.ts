import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { count, enumerate, familyOf, percent, tally, zone } from "./thing.ts";

describe("things in words", () => {
  it("counts people as people", () => {
    assert.equal(count("person", 1), "1 person");
    assert.equal(count("person", 7), "7 people");
  });

  it("calls things what the digest calls them", () => {
    assert.equal(count("couch", 1), "1 sofa");
    assert.equal(count("tv", 2), "2 televisions");
    assert.equal(count("picture", 3), "3 pictures");
  });

  it("puts what there is most of first", () => {
    assert.deepEqual(tally(["car", "person", "person"]), [
      ["person", 2],
      ["car", 1],
    ]);
  });

  it("lists with commas and an and", () => {
    assert.equal(enumerate([]), "");
    assert.equal(enumerate(["a"]), "a");
    assert.equal(enumerate(["a", "b", "c"]), "a, b and c");
  });

  it("gives labels their family, and unknown ones the plain one", () => {
    assert.deepEqual(["person", "truck", "dog", "couch"].map(familyOf), [
      "person",
      "vehicle",
      "animal",
      "other",
    ]);
  });

  it("rounds percentages and keeps them on one line", () => {
    assert.equal(percent(0.874), "87\u00A0%");
  });

  it("turns a zone's key into words", () => {
    assert.equal(zone("front_door"), "front door");
  });
});
