import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import * as Zone from "./zone.ts";

describe("Zone.read", () => {
  const cases: [text: string | null, name: string, kind: Zone.PlaceKind, phrase: string][] = [
    ["front_door", "front_door", "entry", "at the front door"],
    ["Front Door", "front_door", "entry", "at the front door"],
    ["  FRONT-DOOR cam ", "front_door", "entry", "at the front door"],
    ["frontDoor", "front_door", "entry", "at the front door"],
    ["Driveway Cam 2", "driveway", "perimeter", "at the driveway"],
    ["Back Garden", "backyard", "perimeter", "in the back garden"],
    ["patio", "backyard", "perimeter", "on the patio"],
    ["car park", "driveway", "perimeter", "in the car park"],
    ["Lounge", "living_room", "interior", "in the lounge"],
    ["Upstairs landing", "hallway", "interior", "on the landing"],
    ["pavement", "street", "public", "on the pavement"],
    ["North fence", "north_fence", "perimeter", "at the north fence"],
    ["Stock room", "stock_room", "interior", "in the stock room"],
    ["Shutter 3", "shutter_3", "entry", "at the shutter 3"],
    ["Küche", "küche", "unknown", 'in the zone "küche"'],
    ["constructor", "constructor", "unknown", 'in the zone "constructor"'],
    [null, "unknown", "unknown", ""],
    ["   ", "unknown", "unknown", ""],
    ["camera", "unknown", "unknown", ""],
  ];
  for (const [text, name, kind, phrase] of cases) {
    it(`reads ${JSON.stringify(text)} as ${name}`, () => {
      assert.deepEqual(Zone.read(text), { name, kind, phrase });
    });
  }

  it("reads any text, and the same text always the same", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 64 }), (text) => {
        const place = Zone.read(text);
        assert.ok(place.name.length > 0);
        assert.deepEqual(Zone.read(text), place);
      }),
    );
  });
});
