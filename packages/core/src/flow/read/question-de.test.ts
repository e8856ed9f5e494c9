import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import * as Search from "../../search/index.ts";
import { questionDe } from "./question-de.ts";

/** A Thursday, a quarter past ten in the morning, in winter. */
const clock = { now: new Date("2026-11-26T10:15:00Z"), timeZone: "Europe/London" };
const read = (question: string) => Search.readSearch(question, clock);

describe("a question in German", () => {
  const pairs: readonly (readonly [german: string, english: string])[] = [
    ["Person an der Haustür letzte Nacht", "person front door last night"],
    ["Wer war gestern Abend da?", "yesterday evening"],
    ["Autos seit Freitag", "car since Friday"],
    ["rotes Auto heute", "red car today"],
    ["Hund im Garten vorgestern", "dog garden the day before yesterday"],
    ["gestern zwischen 22 und 23 Uhr", "yesterday between 22:00 and 23:00"],
    ["gestern nach 22 Uhr", "yesterday after 22:00"],
    ["vor drei Stunden", "three hours ago"],
    ["vor 20 Minuten", "20 minutes ago"],
    ["in den letzten zwei Stunden", "in the last two hours"],
    ["Montagmorgen", "Monday morning"],
    ["am letzten Donnerstag", "last Thursday"],
    ["von Montag bis Dienstag", "from Monday until Tuesday"],
    ["letzte Woche", "last week"],
    ["am Wochenende", "last weekend"],
    ["heute früh", "this morning"],
    ["am 20. November", "20 November"],
    ["Pakete", "package"],
    ["gestern um 15 Uhr", "yesterday at 15:00"],
  ];
  for (const [german, english] of pairs) {
    it(`reads "${german}" as "${english}"`, () => {
      const [asked, meant] = [read(questionDe(german).question), read(english)];
      assert.deepEqual(asked.stretches, meant.stretches);
      const last = (wanted: Search.Wanted) => wanted.map((alternatives) => alternatives.at(-1));
      assert.deepEqual(last(asked.wanted), last(meant.wanted));
    });
  }

  it("is told back in its own words", () => {
    const { question, asked } = questionDe("Hunde");
    assert.equal(question, "dog");
    assert.equal(asked.get("dog"), "hunde");
  });

  it("is read soon, whatever is asked", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (question) => {
        const began = performance.now();
        read(questionDe(question).question);
        assert.ok(performance.now() - began < 500);
      }),
    );
  });
});
