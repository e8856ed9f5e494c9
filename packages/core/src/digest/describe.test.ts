import assert from "node:assert/strict";
import { it, describe as suite } from "node:test";
import { assessment, day, type Shot, tell, textsOf } from "../../testing/tell.ts";

const cases: readonly { name: string; shots: readonly Shot[]; title: string; summary: readonly string[] }[] =
  [
    {
      name: "two people and a truck",
      shots: [{ at: "17:02:10", sees: "person, person, truck, potted plant" }],
      title: "Two people and a truck at the driveway",
      summary: ["Two people and a truck were seen at the driveway at 18:02:10, London time."],
    },
    {
      name: "a man in six frames as one person",
      shots: [10, 12, 14, 15, 17, 19].map((second) => ({
        at: `17:02:${second}`,
        zone: "Front Door",
        sees: "person",
      })),
      title: "A person at the front door",
      summary: [
        "A person was seen at the front door between 18:02:10 and 18:02:19, London time.",
        "Somebody is in all six pictures at the front door.",
      ],
    },
    {
      name: "seven people as seven, although other frames show fewer",
      shots: [
        { at: "17:02:10", zone: "street", sees: "person, person, person" },
        { at: "17:02:11", zone: "street", sees: Array(7).fill("person").join(", ") },
        { at: "17:02:12", zone: "street", sees: "" },
      ],
      title: "Seven people in the street",
      summary: [
        "Seven people were seen in the street between 18:02:10 and 18:02:11, London time.",
        "Somebody is in two of three pictures in the street.",
      ],
    },
    {
      name: "an unsure pair far away",
      shots: [{ at: "17:02:10", zone: "lane", sees: "person 0.3 far, person 0.35 far" }],
      title: "Possibly two people in the distance in the lane",
      summary: ["Possibly two people in the distance were seen in the lane at 18:02:10, London time."],
    },
    {
      name: "sure and unsure people together",
      shots: [
        { at: "17:02:10", zone: "car park", sees: `${Array(13).fill("car").join(", ")}, person, person 0.3` },
      ],
      title: "A person (possibly two) and 13 cars in the car park",
      summary: ["A person (possibly two) and 13 cars were seen in the car park at 18:02:10, London time."],
    },
    {
      name: "several places",
      shots: [
        { at: "17:02:10", zone: "driveway", sees: "car" },
        { at: "17:02:20", zone: "front_door", sees: "person, suitcase" },
      ],
      title: "A person and a suitcase at the front door, a car at the driveway",
      summary: [
        "A person and a suitcase were seen at the front door at 18:02:20, London time.",
        "A car was seen at the driveway at 18:02:10.",
      ],
    },
    {
      name: "an empty garden",
      shots: [
        { at: "17:02:10", zone: "garden", outcome: "early_exit" },
        { at: "17:02:11", zone: "garden" },
      ],
      title: "Nothing to be seen in the garden",
      summary: ["Nothing was seen in the garden in two pictures."],
    },
    {
      name: "furniture only",
      shots: [{ at: "17:02:10", zone: "Living room", sees: "couch, potted plant, potted plant" }],
      title: "Nobody to be seen in the living room",
      summary: ["Nothing but two potted plants and a sofa was seen in the living room."],
    },
    {
      name: "what could not be looked at",
      shots: [
        { at: "17:02:10", sees: "dog" },
        { at: "17:02:11", outcome: "duplicate", more: { duplicateOf: "m1" } },
        { at: "17:02:12", outcome: "unreadable" },
        { at: "17:02:13", outcome: "unreadable" },
        { at: "17:02:14", outcome: "missing" },
        { at: "17:02:15", outcome: "deferred" },
      ],
      title: "A dog at the driveway",
      summary: [
        "A dog was seen at the driveway between 18:02:10 and 18:02:11, London time.",
        "One picture changed little from the one before.",
        "Two pictures could not be read.",
        "One picture never arrived.",
        "One picture is still to be looked at.",
      ],
    },
    {
      name: "smoke in an empty kitchen",
      shots: [{ at: "17:02:10", zone: "kitchen", type: "smoke", sees: "oven" }],
      title: "Smoke in the kitchen: nobody to be seen there",
      summary: ["Smoke was reported in the kitchen.", "Nothing but an oven was seen in the kitchen."],
    },
    {
      name: "heat, which the detector does not see",
      shots: [{ at: "17:02:10", zone: "server room", type: "temperature" }],
      title: "An unusual temperature in the server room: nothing to be seen there",
      summary: [
        "An unusual temperature was reported in the server room.",
        "Nothing was seen in the server room.",
      ],
    },
    {
      name: "smoke where somebody is, and somebody elsewhere",
      shots: [
        { at: "17:02:10", zone: "kitchen", type: "smoke", sees: "person" },
        { at: "17:02:12", zone: "hallway", sees: "dog" },
      ],
      title: "Smoke in the kitchen: a person there, a dog in the hallway",
      summary: [
        "Smoke was reported in the kitchen.",
        "A person was seen in the kitchen at 18:02:10, London time.",
        "A dog was seen in the hallway at 18:02:12.",
      ],
    },
    {
      name: "no zone and nothing readable",
      shots: [{ at: "17:02:10", zone: null, outcome: "unreadable" }],
      title: "No picture at Rose Cottage could be looked at",
      summary: ["One picture could not be read."],
    },
    {
      name: "no zone",
      shots: [{ at: "17:02:10", zone: null, sees: "person" }],
      title: "A person at Rose Cottage",
      summary: ["A person was seen at 18:02:10, London time."],
    },
  ];

suite("describe", () => {
  for (const { name, shots, title, summary } of cases) {
    it(`tells of ${name}`, () => {
      const description = tell(shots);
      assert.equal(description.title, title);
      assert.deepEqual(textsOf(description), summary);
    });
  }

  it("counts what is visible at once, by label, and never adds frames up", () => {
    const { counts } = tell([
      { at: "17:02:10", sees: "person, person, couch" },
      { at: "17:02:11", sees: "person, car 0.3" },
      { at: "17:02:12", zone: "porch", sees: "person, person 0.2" },
    ]);
    assert.deepEqual(counts, { person: 2, car: 1, couch: 1 });
  });

  it("names the moments that each sentence rests on", () => {
    const { summary } = tell([
      { at: "17:02:10", sees: "person" },
      { at: "17:02:11", sees: "chair" },
      { at: "17:02:12", outcome: "duplicate", more: { duplicateOf: "m1" } },
    ]);
    assert.deepEqual(
      summary.map((sentence) => sentence.momentIds),
      [["m1", "m3"], ["m1", "m3"], ["m3"]],
    );
  });

  it("does not take a duplicate of an unreadable picture for a seen one, and survives circles of twins", () => {
    const texts = textsOf(
      tell([
        { at: "17:02:10", outcome: "unreadable" },
        { at: "17:02:11", outcome: "duplicate", more: { duplicateOf: "m1" } },
        { at: "17:02:12", outcome: "duplicate", more: { duplicateOf: "m4" } },
        { at: "17:02:13", outcome: "duplicate", more: { duplicateOf: "m3" } },
      ]),
    );
    assert.deepEqual(texts, [
      "Nothing was seen at the driveway in two pictures.",
      "Three pictures changed little from the one before.",
      "Two pictures could not be read.",
    ]);
  });

  it("merges runs of like pictures in the timeline, camera by camera, in UTC and in local words", () => {
    const { timeline } = tell([
      { at: "17:02:10", zone: "front_door", sees: "person" },
      { at: "17:02:12", zone: "driveway", sees: "truck, person, person 0.3" },
      { at: "17:02:14", zone: "front_door", sees: "person, chair" },
      { at: "17:02:19", zone: "front_door", sees: "person" },
      { at: "17:02:30", zone: "front_door" },
      { at: "17:02:31", zone: "front_door", outcome: "missing" },
      { at: "17:02:32", zone: "front_door", outcome: "missing" },
    ]);
    assert.deepEqual(timeline, [
      {
        at: `${day}T17:02:10.000Z`,
        text: "18:02:10-18:02:19 one person at the front door",
        momentIds: ["m1", "m3", "m4"],
      },
      {
        at: `${day}T17:02:12.000Z`,
        text: "18:02:12 one person and one truck at the driveway",
        momentIds: ["m2"],
      },
      { at: `${day}T17:02:30.000Z`, text: "18:02:30 nothing at the front door", momentIds: ["m5"] },
      {
        at: `${day}T17:02:31.000Z`,
        text: "18:02:31-18:02:32 two pictures at the front door never arrived",
        momentIds: ["m6", "m7"],
      },
    ]);
  });

  it("tells the same person from different ones only where the worker re-identifies", () => {
    const same: Shot[] = [
      { at: "17:02:10", sees: "person #a" },
      { at: "17:02:20", sees: "person #a" },
    ];
    const different: Shot[] = [...same, { at: "17:02:30", sees: "person #b" }];
    const capabilities = { faces: false, reidentification: true, plates: false };
    assert.equal(
      textsOf(tell(same, { capabilities }))[1],
      "The same person is in both pictures at the driveway.",
    );
    assert.deepEqual(textsOf(tell(different, { capabilities })).slice(1), [
      "Somebody is in all three pictures at the driveway.",
      "By their looks they are two different people.",
    ]);
    assert.deepEqual(textsOf(tell(different)).slice(1), [
      "Somebody is in all three pictures at the driveway.",
    ]);
  });

  it("speaks of faces and plates only where the worker can see them", () => {
    const shots: Shot[] = [
      {
        at: "17:02:10",
        sees: "person, car",
        more: {
          faces: { count: 1, qualityMax: 0.9 },
          plates: [
            { text: "AB12 CDE", confidence: 0.9, box: [0, 0, 0.1, 0.1] },
            { text: "XX00", confidence: 0.3, box: [0, 0, 0.1, 0.1] },
          ],
        },
      },
    ];
    const all = { faces: true, reidentification: true, plates: true };
    assert.deepEqual(textsOf(tell(shots, { capabilities: all })).slice(1), [
      "One face is clear enough to see.",
      "The number plate AB12 CDE was read.",
    ]);
    assert.equal(tell(shots).summary.length, 1);
  });

  it("falls back to the assessment's own words when there is no moment", () => {
    const { title, summary, timeline, level } = tell([]);
    assert.equal(title, assessment.summary.slice(0, -1));
    assert.deepEqual({ summary, timeline, level }, { summary: [], timeline: [], level: "standard" });
  });

  it("says which pictures show too little, instead of that nobody is there", () => {
    const told = tell([
      { at: "01:40:00", zone: "garden", outcome: "early_exit", more: { flaws: ["dark"] } },
      { at: "01:40:10", zone: "garden", outcome: "early_exit", more: { flaws: ["blank"] } },
    ]);
    const texts = told.summary.map(({ text }) => text);
    assert.deepEqual(texts, [
      "One picture is too dark to make anybody out.",
      "One picture shows one colour and nothing else: is the lens covered, or the camera broken?",
    ]);
    assert.equal(told.title, "Nothing can be made out in the garden");
    assert.equal(told.level, "standard");
    assert.doesNotMatch(JSON.stringify(told), /no threat|nothing was seen/i);
    assert.deepEqual(
      told.timeline.map(({ text }) => text),
      [
        "02:40:00 one picture in the garden too dark to make anybody out",
        "02:40:10 one picture in the garden of one colour",
      ],
    );
  });

  it("says that a picture is cut off, and what there is in it", () => {
    const told = tell([{ at: "11:00:00", sees: "person", more: { flaws: ["damaged"] } }]);
    const texts = told.summary.map(({ text }) => text);
    assert.match(texts[0] ?? "", /^A person was seen/);
    assert.equal(texts.at(-1), "One picture is cut off or damaged, and was looked at as far as it goes.");
  });

  it("says what a camera stands by that no picture shows", () => {
    const told = tell([{ at: "11:00:00", zone: "garden", type: "person", confidence: 0.9 }]);
    assert.deepEqual(
      told.summary.map(({ text }) => text),
      [
        "Nothing was seen in the garden.",
        "The camera reported a person in the garden, which the picture does not rule out.",
      ],
    );
    assert.equal(told.title, "A person reported in the garden, not to be made out");
  });
});
