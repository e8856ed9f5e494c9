import assert from "node:assert/strict";
import { it, describe as suite } from "node:test";
import * as fc from "fast-check";
import { types } from "../event/wire.ts";
import * as Level from "../level.ts";
import { levels } from "../level.ts";
import { type DescribeInput, describe } from "./describe.ts";
import { tellingDe } from "./telling-de.ts";
import { type Finding, Flaw, Outcome, Sentence, TimelineEntry } from "./wire.ts";

const ids = Array.from({ length: 12 }, (_, index) => `m${index}`);
const unit = fc.double({ min: 0, max: 1, noNaN: true });

const detection = fc.record(
  {
    label: fc.constantFrom("person", "car", "dog", "backpack", "couch", "sheep", "scissors", "delivery_van"),
    confidence: unit,
    box: fc.tuple(unit, unit, unit, unit),
    trackId: fc.constantFrom("a", "b"),
  },
  { requiredKeys: ["label", "confidence", "box"] },
);

const finding: fc.Arbitrary<Omit<Finding, "id">> = fc.record(
  {
    outcome: fc.constantFrom(...Outcome.options),
    detections: fc.array(detection, { maxLength: 8 }),
    flaws: fc.uniqueArray(fc.constantFrom(...Flaw.options)),
    duplicateOf: fc.constantFrom(...ids, "m99"),
    faces: fc.record({ count: fc.nat({ max: 3 }), qualityMax: unit }),
    plates: fc.array(
      fc.record({
        text: fc.constantFrom("A1", "B2"),
        confidence: unit,
        box: fc.tuple(unit, unit, unit, unit),
      }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ["outcome", "detections"] },
);

const moment = fc.record({
  eventId: fc.constantFrom("e1", "e2"),
  capturedAt: fc
    .nat({ max: 60 })
    .map((seconds) => new Date(Date.UTC(2026, 6, 2, 21, 59, 30) + seconds * 1000)),
  zone: fc.constantFrom("driveway", "Front Door", "kitchen", "street", "xyzzy", null),
  deviceId: fc.constantFrom("d1", "d2"),
  eventType: fc.constantFrom(...types),
  confidence: fc.option(unit),
  finding,
});

const input: fc.Arbitrary<DescribeInput> = fc.record({
  assessment: fc
    .record({
      score: fc.nat({ max: 1000 }).map((score) => score / 1000),
      lifeSafety: fc.boolean(),
      type: fc.constantFrom(...types),
    })
    .map(({ score, lifeSafety, type }) => ({
      level: Level.ofScore(score),
      score,
      summary: "Something moved.",
      reasons: [{ code: `type.${type}`, text: "Something moved.", weight: score, eventIds: ["e1"] }],
      recommendation: "Nothing needs doing.",
      tone: "calm" as const,
      lifeSafety,
    })),
  siteName: fc.string({ maxLength: 120 }),
  timeZone: fc.constantFrom("Europe/London", "Asia/Kathmandu"),
  awaited: fc.uniqueArray(
    fc.record({ id: fc.constantFrom("a1", "a2"), zone: fc.constantFrom("driveway", null) }),
    {
      maxLength: 2,
      selector: ({ id }) => id,
    },
  ),
  capabilities: fc.record({ faces: fc.boolean(), reidentification: fc.boolean(), plates: fc.boolean() }),
  moments: fc
    .array(moment, { maxLength: ids.length })
    .map((list) =>
      list.map((one, index) => ({ ...one, id: `m${index}`, finding: { ...one.finding, id: `m${index}` } })),
    ),
});

suite("describe, whatever was found", () => {
  it("rests every sentence and every entry of the timeline on moments that exist, each named once", () => {
    fc.assert(
      fc.property(input, (told) => {
        const known = new Set([...told.moments, ...told.awaited].map((one) => one.id));
        const { summary, timeline } = describe(told);
        for (const { text, momentIds } of [
          ...summary.map((s) => Sentence.parse(s)),
          ...timeline.map((t) => TimelineEntry.parse(t)),
        ]) {
          assert.ok(momentIds.length > 0, text);
          assert.ok(
            momentIds.every((id) => known.has(id)),
            text,
          );
          assert.equal(new Set(momentIds).size, momentIds.length, text);
          assert.doesNotMatch(text, /undefined|NaN|null| {2}/);
        }
      }),
    );
  });

  it("tells of every moment in the timeline exactly once, in the order of time", () => {
    fc.assert(
      fc.property(input, (told) => {
        const { timeline } = describe(told);
        const named = timeline.flatMap((entry) => entry.momentIds).toSorted();
        assert.deepEqual(named, told.moments.map((one) => one.id).toSorted());
        assert.deepEqual(
          timeline.map((entry) => entry.at),
          timeline.map((entry) => entry.at).toSorted(),
        );
      }),
    );
  });

  it("never counts more of a label than one moment shows", () => {
    fc.assert(
      fc.property(input, (told) => {
        const { counts } = describe(told);
        for (const [label, count] of Object.entries(counts)) {
          const most = Math.max(
            ...told.moments.map(
              (one) => one.finding.detections.filter((found) => found.label === label).length,
            ),
          );
          assert.ok(count >= 1 && count <= most, `${label}: ${count} of ${most}`);
        }
      }),
    );
  });

  it("gives the same words for the same moments in any order", () => {
    fc.assert(
      fc.property(
        input.chain((told) =>
          fc.tuple(
            fc.constant(told),
            fc.shuffledSubarray([...told.moments], { minLength: told.moments.length }),
          ),
        ),
        ([told, moments]) => assert.deepEqual(describe({ ...told, moments }), describe(told)),
      ),
    );
  });

  it("keeps the title short, the level a level, and never lowers life-safety", () => {
    fc.assert(
      fc.property(input, (told) => {
        const { title, level, reasons } = describe(told);
        assert.ok(title.length > 0 && title.length <= 80, title);
        assert.ok(levels.includes(level));
        assert.ok(reasons.length >= told.assessment.reasons.length);
        if (told.assessment.lifeSafety) {
          assert.ok(Level.atLeast(level, told.assessment.level));
        }
      }),
    );
  });

  it("says the same of the same pictures in German, whole and without an English word", () => {
    fc.assert(
      fc.property(input, (told) => {
        const [english, german] = [describe(told), describe(told, tellingDe)];
        const citing = (list: readonly { momentIds: readonly string[] }[]) =>
          list.map(({ momentIds }) => momentIds);
        assert.deepEqual(citing(german.summary), citing(english.summary));
        assert.deepEqual(citing(german.timeline), citing(english.timeline));
        for (const { text } of german.summary) {
          assert.match(text, /^[\p{Lu}„\d].*[.?]$/u);
          assert.doesNotMatch(text, /undefined|NaN|null|\[object| {2}/);
          assert.doesNotMatch(unquoted(text), englishWords, text);
        }
        for (const { text } of german.timeline) assert.doesNotMatch(unquoted(text), englishWords, text);
        for (const { text } of english.summary) assert.doesNotMatch(text, germanWords, text);
        assert.ok(german.title.length > 0 && german.title.length <= 80, german.title);
      }),
    );
  });
});

/** Names that people gave are told as they are. */
const unquoted = (text: string) => text.replaceAll(/„[^“]*“/g, "");
const englishWords =
  /\b(?:the|and|or|were|is|are|at|on|of|to|seen|nothing|nobody|somebody|people|picture|pictures|possibly|car|dog|couch|door|driveway|kitchen|street|two|three|one|not|there|reported|between|time)\b/i;
const germanWords =
  /\b(?:der|das|und|oder|wurde|wurden|ist|sind|auf|von|gesehen|nichts|niemand|jemand|Personen|Bild|Bilder|Uhr|nicht|dort|gemeldet|zwischen)\b/;
