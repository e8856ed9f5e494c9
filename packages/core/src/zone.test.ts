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
    ["Shutter 3", "shutter_3", "entry", "at shutter 3"],
    ["Küche", "kitchen", "interior", "in the kitchen"],
    ["constructor", "constructor", "unknown", 'at "constructor"'],
    ["cam1", "cam1", "unknown", 'at "cam1"'],
    ["Zone A", "a", "unknown", 'at "Zone A"'],
    ["Nordseite", "nordseite", "unknown", 'at "Nordseite"'],
    ["Instructor", "instructor", "unknown", 'at "Instructor"'],
    // A way in, whatever room or street stands beside it.
    ["Kitchen door", "kitchen_door", "entry", "at the kitchen door"],
    ["Basement window", "basement_window", "entry", "at the basement window"],
    ["Street door", "street_door", "entry", "at the street door"],
    ["kitchen_window", "kitchen_window", "entry", "at the kitchen window"],
    ["Living room windows", "living_room_windows", "entry", "at the living room windows"],
    ["Office gate", "office_gate", "entry", "at the office gate"],
    ["Door to the garden", "door_to_the_garden", "entry", "at the door to the garden"],
    ["Kellerfenster", "kellerfenster", "entry", 'at "Kellerfenster"'],
    ["Haustür", "front_door", "entry", "at the front door"],
    ["Terrassentür", "back_door", "entry", "at the back door"],
    ["porte d'entrée", "front_door", "entry", "at the front door"],
    ["porte de la cuisine", "porte_de_la_cuisine", "entry", "at the porte de la cuisine"],
    ["Puerta trasera", "back_door", "entry", "at the back door"],
    ["Doorbell", "front_door", "entry", "at the front door"],
    ["Cam 1 - Front Door (left)", "front_door", "entry", "at the front door"],
    // Outside, although a room is named.
    ["Living room balcony", "living_room_balcony", "perimeter", "on the living room balcony"],
    ["Balcon salon", "balcon_salon", "perimeter", "on the balcon salon"],
    ["Garage roof", "garage_roof", "perimeter", "on the garage roof"],
    ["Outside stairs", "outside_stairs", "perimeter", "at the outside stairs"],
    ["Garden path", "garden_path", "perimeter", "on the garden path"],
    ["Office car park", "driveway", "perimeter", "in the car park"],
    ["Back cam", "backyard", "perimeter", "at the back"],
    // Inside, although the garden is named.
    ["Garden room", "garden_room", "interior", "in the garden room"],
    ["Anna's room", "annas_room", "interior", "in Anna's room"],
    ["children's room", "childrens_room", "interior", "in the children's room"],
    // Theirs, not ours; the fence is between them and us.
    ["Neighbour's driveway", "neighbours_driveway", "public", "at the neighbour's driveway"],
    ["next door's garden", "nextdoor_garden", "public", "at the next-door garden"],
    ["Nachbars Einfahrt", "nachbars_einfahrt", "public", "at the nachbars einfahrt"],
    ["neighbour_house", "neighbour_house", "public", "at the neighbour house"],
    ["Neighbor's back door", "neighbors_back_door", "public", "at the neighbor's back door"],
    ["Neighbour's fence", "neighbours_fence", "perimeter", "at the neighbour's fence"],
    ["fence to the neighbour", "fence_to_the_neighbour", "perimeter", "at the fence to the neighbour"],
    ["Camera facing street", "street", "public", "in the street"],
    [null, "unknown", "unknown", ""],
    ["   ", "unknown", "unknown", ""],
    ["camera", "unknown", "unknown", ""],
  ];
  for (const [text, name, kind, phrase] of cases) {
    it(`reads ${JSON.stringify(text)} as ${name}`, () => {
      assert.deepEqual(Zone.read(text), { name, kind, phrase });
    });
  }

  it("reads a name in whatever case and with whatever between its words", () => {
    for (const text of [
      "kitchen door",
      "KITCHEN DOOR",
      "Kitchen-Door cam",
      "kitchenDoor",
      "kitchen_door_camera",
    ]) {
      assert.equal(Zone.read(text).name, "kitchen_door", text);
    }
  });

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
