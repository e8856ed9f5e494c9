import assert from "node:assert/strict";
import { it, describe as suite } from "node:test";
import { type Shot, tell } from "../../testing/tell.ts";

suite("the title of a digest", () => {
  it("keeps the title within 80 characters", () => {
    const zones = [
      "front_door",
      "back_door",
      "driveway",
      "the far end of the long meadow behind the old barn",
      "porch",
    ];
    const everywhere = tell(
      zones.map((zone, index) => ({ at: `17:02:1${index}`, zone, sees: "person, car, dog, horse" })),
    );
    assert.equal(
      everywhere.title,
      "A person, a dog and more at the front door, people and more in four other places",
    );
    const long = tell([{ at: "17:02:10", zone: null, sees: "person" }], { siteName: "House ".repeat(30) });
    assert.ok(long.title.length <= 80 && long.title.endsWith("…"), long.title);
  });

  const crowded: readonly [what: string, shots: Shot[], siteName: string, place: RegExp][] = [
    [
      "many labels",
      [{ at: "17:02:10", zone: "back_garden", sees: "person, person 0.3, motorcycle, baseball bat, sheep" }],
      "Home",
      /in the back garden$/,
    ],
    [
      "a long place",
      [{ at: "17:02:10", zone: "far end of the long meadow behind the old barn", sees: "person, car, dog" }],
      "Home",
      /in the far end of the long meadow…$/,
    ],
    [
      "no zone at a site with a long name",
      [{ at: "17:02:10", zone: null, sees: "person, car, dog, horse" }],
      "The Old Rectory and Its Outbuildings, Upper Slaughter",
      /at The Old Rectory and Its/,
    ],
    [
      "an alarm and many labels",
      [
        {
          at: "17:02:10",
          zone: "kitchen",
          type: "carbon_monoxide",
          sees: "person, person, dog, cat, backpack",
        },
      ],
      "Home",
      /^Carbon monoxide in the kitchen: .* there$/,
    ],
    [
      "many places",
      ["front_door", "back_door", "side_door", "garage", "porch", "street"].map((zone, index) => ({
        at: `17:02:1${index}`,
        zone,
        sees: "person, car, dog, horse",
      })),
      "Home",
      /at the front door, people and more in five other places$/,
    ],
    ["nothing in them", [{ at: "17:02:10", zone: "north_fence", sees: "" }], "Home", /at the north fence$/],
    [
      "things that are hardly sure",
      [{ at: "17:02:10", zone: "loading_bay", sees: "person 0.3 far, truck 0.3 far, motorcycle 0.3 far" }],
      "Home",
      /at the loading bay$/,
    ],
  ];
  for (const [what, shots, siteName, place] of crowded) {
    it(`keeps the place in a title with ${what}`, () => {
      const { title } = tell(shots, { siteName });
      assert.match(title, place);
      assert.ok(title.length <= 80, title);
    });
  }
});

suite("what there is beside the findings", () => {
  it("keeps the order of a burst that was sent in one request, all of it at one time", () => {
    const orders = [
      ["person", "car", "", "person, dog", "bird"],
      ["truck", "bicycle", "backpack", "person", ""],
      ["", "person", "", "person", ""],
      ["zebra", "person", "bear", "car", "bus"],
      ["person", "person, person", "person", "person, person", "person"],
    ];
    for (const order of orders) {
      const { timeline } = tell(order.map((sees) => ({ at: "17:02:10", sees })));
      assert.deepEqual(
        timeline.flatMap((entry) => entry.momentIds),
        ["m1", "m2", "m3", "m4", "m5"],
      );
    }
  });

  it("says when announced pictures are outstanding", () => {
    const shots = [{ at: "17:02:10", sees: "person" }];
    const outstanding = (zones: (string | null)[]) =>
      tell(shots, { awaited: zones.map((zone, index) => ({ id: `a${index}`, zone })) }).summary.at(-1);
    assert.deepEqual(outstanding(["porch"]), {
      text: "One picture on the porch was announced and has not arrived yet.",
      momentIds: ["a0"],
    });
    for (const [zones, text] of [
      [["porch", null], "Two pictures were announced and have not arrived yet."],
      [["porch", "porch"], "Two pictures on the porch were announced and have not arrived yet."],
      [["Haustür", "front_door"], "Two pictures at the front door were announced and have not arrived yet."],
      [["porch", "garage", "porch"], "Three pictures were announced and have not arrived yet."],
      [[null], "One picture was announced and has not arrived yet."],
    ] as const) {
      const momentIds = zones.map((_, index) => `a${index}`);
      assert.deepEqual(outstanding([...zones]), { text, momentIds });
    }
    assert.doesNotMatch(outstanding([])?.text ?? "", /announced/);
  });
});
