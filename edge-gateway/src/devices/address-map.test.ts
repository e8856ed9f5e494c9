import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { createAddressMap } from "./address-map.ts";

const open = () => createAddressMap([{ key: "S1", place: "attic" }], () => {});

describe("the map of places", () => {
  it("gives back what it was given, as CSV and as JSON", () => {
    const name = fc
      .string({ minLength: 1, maxLength: 20, unit: "grapheme-ascii" })
      .filter((text) => text === text.trim() && text !== "" && !text.startsWith("'"));
    const entries = fc.uniqueArray(fc.record({ key: name, place: name }), {
      selector: ({ key }) => key,
      maxLength: 10,
    });
    fc.assert(
      fc.property(entries, fc.constantFrom("csv" as const, "json" as const), (list, format) => {
        const map = createAddressMap([], () => {});
        map.load(JSON.stringify(list), "json");
        const copy = createAddressMap([], () => {});
        copy.load(map.save(format), format);
        assert.deepEqual(
          copy.list(),
          list.map(({ key, place }) => ({ key, place })),
        );
      }),
    );
  });

  it("takes all of a list or nothing, and says which entries are wrong", () => {
    const map = open();
    assert.throws(
      () => map.load("key,place\n10.0.0.5,hall\n,cellar\n10.0.0.5,bay", "csv"),
      /entry 2: .*; entry 3: 10\.0\.0\.5 is there already/,
    );
    assert.throws(() => map.load("a,b,c", "csv"), /entry 1 has 3 cells/);
    assert.throws(() => map.load('"a,b', "csv"), /within a quoted cell/);
    assert.throws(() => map.load("{", "json"), /no JSON/);
    assert.deepEqual(map.list(), [{ key: "S1", place: "attic" }]);
  });

  it("keeps what the configuration says above a list, and forgets the list before", () => {
    const map = open();
    map.load("S1,cellar\nS2,bay", "csv");
    map.load("S3,hall", "csv");
    assert.deepEqual([map.find("S1"), map.find("S2"), map.find("S3")], ["attic", undefined, "hall"]);
  });

  it("writes no cell that a spreadsheet would run", () => {
    const map = open();
    map.load(JSON.stringify([{ key: "=1+1", place: "hall" }]), "json");
    assert.match(map.save("csv"), /"'=1\+1",hall/);
  });
});
