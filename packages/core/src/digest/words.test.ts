import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { list, number, pictures, shorten } from "./words.ts";
import * as Things from "./words-things.ts";

/** The 80 classes of COCO, in the order of the models trained on it: one, many. */
const coco =
  `person: a person, people; bicycle: a bicycle, bicycles; car: a car, cars; motorcycle: a motorcycle, motorcycles;
airplane: an aeroplane, aeroplanes; bus: a bus, buses; train: a train, trains; truck: a truck, trucks; boat: a boat, boats;
traffic light: a traffic light, traffic lights; fire hydrant: a fire hydrant, fire hydrants; stop sign: a stop sign, stop signs;
parking meter: a parking meter, parking meters; bench: a bench, benches; bird: a bird, birds; cat: a cat, cats; dog: a dog, dogs;
horse: a horse, horses; sheep: a sheep, sheep; cow: a cow, cows; elephant: an elephant, elephants; bear: a bear, bears;
zebra: a zebra, zebras; giraffe: a giraffe, giraffes; backpack: a backpack, backpacks; umbrella: an umbrella, umbrellas;
handbag: a handbag, handbags; tie: a tie, ties; suitcase: a suitcase, suitcases; frisbee: a frisbee, frisbees;
skis: a pair of skis, pairs of skis; snowboard: a snowboard, snowboards; sports ball: a ball, balls; kite: a kite, kites;
baseball bat: a baseball bat, baseball bats; baseball glove: a baseball glove, baseball gloves; skateboard: a skateboard, skateboards;
surfboard: a surfboard, surfboards; tennis racket: a tennis racket, tennis rackets; bottle: a bottle, bottles;
wine glass: a wine glass, wine glasses; cup: a cup, cups; fork: a fork, forks; knife: a knife, knives; spoon: a spoon, spoons;
bowl: a bowl, bowls; banana: a banana, bananas; apple: an apple, apples; sandwich: a sandwich, sandwiches; orange: an orange, oranges;
broccoli: a head of broccoli, heads of broccoli; carrot: a carrot, carrots; hot dog: a hot dog, hot dogs; pizza: a pizza, pizzas;
donut: a doughnut, doughnuts; cake: a cake, cakes; chair: a chair, chairs; couch: a sofa, sofas; potted plant: a potted plant, potted plants;
bed: a bed, beds; dining table: a dining table, dining tables; toilet: a toilet, toilets; tv: a television, televisions;
laptop: a laptop, laptops; mouse: a mouse, mice; remote: a remote control, remote controls; keyboard: a keyboard, keyboards;
cell phone: a mobile phone, mobile phones; microwave: a microwave, microwaves; oven: an oven, ovens; toaster: a toaster, toasters;
sink: a sink, sinks; refrigerator: a fridge, fridges; book: a book, books; clock: a clock, clocks; vase: a vase, vases;
scissors: a pair of scissors, pairs of scissors; teddy bear: a teddy bear, teddy bears; hair drier: a hairdryer, hairdryers;
toothbrush: a toothbrush, toothbrushes`
    .split(/;\s+/)
    .map((row) => row.split(/: |, /));

describe("things", () => {
  it("are the 80 classes of COCO", () => {
    assert.equal(new Set(coco.map(([label]) => label)).size, 80);
  });
  for (const [label = "", one, many] of coco) {
    it(`says "${one}" and "two ${many}"`, () => {
      assert.equal(Things.some(label, 1), one);
      assert.equal(Things.some(label, 2), `two ${many}`);
    });
  }

  it("puts labels that it does not know into the plural by rule", () => {
    const cases = {
      fox: "foxes",
      delivery_van: "delivery vans",
      pony: "ponies",
      monkey: "monkeys",
      toString: "toStrings",
    };
    for (const [label, many] of Object.entries(cases)) assert.equal(Things.many(label), many);
  });

  it("tells news from background", () => {
    const kinds = ["person", "truck", "dog", "suitcase", "couch", "potted plant", "xyzzy", "constructor"].map(
      Things.kindOf,
    );
    assert.deepEqual(kinds, [
      "person",
      "vehicle",
      "animal",
      "belonging",
      "background",
      "background",
      "background",
      "background",
    ]);
  });
});

describe("words", () => {
  it("spells numbers out up to twelve", () => {
    assert.deepEqual([0, 1, 7, 12, 13].map(number), ["no", "one", "seven", "twelve", "13"]);
    assert.deepEqual([1, 2].map(pictures), ["one picture", "two pictures"]);
  });

  it("joins with commas and an and", () => {
    assert.deepEqual([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(list), ["", "a", "a and b", "a, b and c"]);
  });

  it("shortens between words, and cuts what has none", () => {
    assert.equal(shorten("two people at the door", 22), "two people at the door");
    assert.equal(shorten("two people at the door", 21), "two people at the…");
    assert.equal(shorten("x".repeat(30), 10), `${"x".repeat(9)}…`);
  });
});
