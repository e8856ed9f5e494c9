/** Digests in German: hand-written sentences, and what holds of both languages whatever was found. */
import assert from "node:assert/strict";
import { it, describe as suite } from "node:test";
import { type Shot, tell, textsOf } from "../../testing/tell.ts";
import type { DescribeInput } from "./describe.ts";
import { tellingDe } from "./telling-de.ts";

type Case = {
  name: string;
  shots: readonly Shot[];
  title: string;
  summary: readonly string[];
  more?: Partial<DescribeInput>;
};

const one = (shot: Omit<Shot, "at">): Shot => ({ at: "17:02:10", ...shot });
const able = { faces: true, reidentification: true, plates: true };

const cases: readonly Case[] = [
  {
    name: "two people and a truck",
    shots: [one({ sees: "person, person, truck, potted plant" })],
    title: "Zwei Personen und ein Lastwagen in der Einfahrt",
    summary: [
      "Zwei Personen und ein Lastwagen wurden in der Einfahrt um 18:02:10 Uhr (Ortszeit London) gesehen.",
    ],
  },
  {
    name: "one person in six pictures",
    shots: [10, 12, 14, 15, 17, 19].map((second) => ({
      at: `17:02:${second}`,
      zone: "Front Door",
      sees: "person",
    })),
    title: "Eine Person an der Haustür",
    summary: [
      "Eine Person wurde an der Haustür zwischen 18:02:10 und 18:02:19 Uhr (Ortszeit London) gesehen.",
      "Jemand ist an der Haustür auf allen sechs Bildern zu sehen.",
    ],
  },
  {
    name: "seven people, fewer in other pictures",
    shots: [
      { at: "17:02:10", zone: "street", sees: "person, person, person" },
      { at: "17:02:11", zone: "street", sees: Array(7).fill("person").join(", ") },
      { at: "17:02:12", zone: "street", sees: "" },
    ],
    title: "Sieben Personen auf der Straße",
    summary: [
      "Sieben Personen wurden auf der Straße zwischen 18:02:10 und 18:02:11 Uhr (Ortszeit London) gesehen.",
      "Jemand ist auf der Straße auf zwei von drei Bildern zu sehen.",
    ],
  },
  {
    name: "an unsure pair far away",
    shots: [one({ zone: "lane", sees: "person 0.3 far, person 0.35 far" })],
    title: "Möglicherweise zwei Personen in der Ferne auf dem Weg",
    summary: [
      "Möglicherweise zwei Personen in der Ferne wurden auf dem Weg um 18:02:10 Uhr (Ortszeit London) gesehen.",
    ],
  },
  {
    name: "sure and unsure people, and many cars",
    shots: [one({ zone: "car park", sees: `${Array(13).fill("car").join(", ")}, person, person 0.3` })],
    title: "Eine Person (möglicherweise zwei) und 13 Autos auf dem Parkplatz",
    summary: [
      "Eine Person (möglicherweise zwei) und 13 Autos wurden auf dem Parkplatz um 18:02:10 Uhr (Ortszeit London) gesehen.",
    ],
  },
  {
    name: "several places",
    shots: [
      { at: "17:02:10", sees: "car" },
      { at: "17:02:20", zone: "front_door", sees: "person, suitcase" },
    ],
    title: "Eine Person und ein Koffer an der Haustür, ein Auto in der Einfahrt",
    summary: [
      "Eine Person und ein Koffer wurden an der Haustür um 18:02:20 Uhr (Ortszeit London) gesehen.",
      "Ein Auto wurde in der Einfahrt um 18:02:10 Uhr gesehen.",
    ],
  },
  {
    name: "an empty garden",
    shots: [
      { at: "17:02:10", zone: "garden", outcome: "early_exit" },
      { at: "17:02:11", zone: "garden" },
    ],
    title: "Nichts zu sehen im Garten",
    summary: ["Nichts wurde im Garten auf zwei Bildern gesehen."],
  },
  {
    name: "furniture only",
    shots: [one({ zone: "Living room", sees: "couch, potted plant, potted plant" })],
    title: "Niemand zu sehen im Wohnzimmer",
    summary: ["Zu sehen war im Wohnzimmer nur: zwei Topfpflanzen und ein Sofa."],
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
    title: "Ein Hund in der Einfahrt",
    summary: [
      "Ein Hund wurde in der Einfahrt zwischen 18:02:10 und 18:02:11 Uhr (Ortszeit London) gesehen.",
      "Ein Bild unterscheidet sich kaum vom vorherigen.",
      "Zwei Bilder konnten nicht gelesen werden.",
      "Ein Bild ist nie angekommen.",
      "Ein Bild muss noch angesehen werden.",
    ],
  },
  {
    name: "smoke in an empty kitchen",
    shots: [one({ zone: "kitchen", type: "smoke", sees: "oven" })],
    title: "Rauch in der Küche: niemand zu sehen dort",
    summary: ["Rauch wurde in der Küche gemeldet.", "Zu sehen war in der Küche nur: ein Backofen."],
  },
  {
    name: "heat, which the detector does not see",
    shots: [one({ zone: "Kellerraum", type: "temperature" })],
    title: "Eine ungewöhnliche Temperatur bei „Kellerraum“: nichts zu sehen dort",
    summary: [
      "Eine ungewöhnliche Temperatur wurde bei „Kellerraum“ gemeldet.",
      "Nichts wurde bei „Kellerraum“ gesehen.",
    ],
  },
  {
    name: "smoke where somebody is, and a dog elsewhere",
    shots: [
      { at: "17:02:10", zone: "kitchen", type: "smoke", sees: "person" },
      { at: "17:02:12", zone: "hallway", sees: "dog" },
    ],
    title: "Rauch in der Küche: eine Person dort, ein Hund im Flur",
    summary: [
      "Rauch wurde in der Küche gemeldet.",
      "Eine Person wurde in der Küche um 18:02:10 Uhr (Ortszeit London) gesehen.",
      "Ein Hund wurde im Flur um 18:02:12 Uhr gesehen.",
    ],
  },
  {
    name: "no zone and nothing readable",
    shots: [one({ zone: null, outcome: "unreadable" })],
    title: "Kein Bild bei „Rose Cottage“ konnte angesehen werden",
    summary: ["Ein Bild konnte nicht gelesen werden."],
  },
  {
    name: "no zone",
    shots: [one({ zone: null, sees: "cat" })],
    title: "Eine Katze bei „Rose Cottage“",
    summary: ["Eine Katze wurde um 18:02:10 Uhr (Ortszeit London) gesehen."],
  },
  {
    name: "a zone by its German name",
    shots: [one({ zone: "Hintereingang", sees: "person" })],
    title: "Eine Person am Hintereingang",
    summary: ["Eine Person wurde am Hintereingang um 18:02:10 Uhr (Ortszeit London) gesehen."],
  },
  {
    name: "a zone that nobody knows",
    shots: [one({ zone: "Garage 2", sees: "bicycle, bicycle" })],
    title: "Zwei Fahrräder in der Garage",
    summary: ["Zwei Fahrräder wurden in der Garage um 18:02:10 Uhr (Ortszeit London) gesehen."],
  },
  {
    name: "a court by its German name",
    shots: [one({ zone: "Hof", sees: "horse" })],
    title: "Ein Pferd im Hof",
    summary: ["Ein Pferd wurde im Hof um 18:02:10 Uhr (Ortszeit London) gesehen."],
  },
  {
    name: "pictures that are too dark and covered",
    shots: [
      { at: "01:40:00", zone: "garden", outcome: "early_exit", more: { flaws: ["dark"] } },
      { at: "01:40:10", zone: "garden", outcome: "early_exit", more: { flaws: ["blank"] } },
    ],
    title: "Nichts zu erkennen im Garten",
    summary: [
      "Ein Bild ist zu dunkel, um jemanden zu erkennen.",
      "Ein Bild zeigt eine einzige Farbe und sonst nichts: Ist das Objektiv verdeckt oder die Kamera defekt?",
    ],
  },
  {
    name: "a picture that is cut off",
    shots: [one({ sees: "person", more: { flaws: ["damaged"] } })],
    title: "Eine Person in der Einfahrt",
    summary: [
      "Eine Person wurde in der Einfahrt um 18:02:10 Uhr (Ortszeit London) gesehen.",
      "Ein Bild ist abgeschnitten oder beschädigt und wurde angesehen, so weit es reicht.",
    ],
  },
  {
    name: "a picture that is blurred",
    shots: [one({ sees: "bus", more: { flaws: ["blurred"] } })],
    title: "Ein Bus in der Einfahrt",
    summary: [
      "Ein Bus wurde in der Einfahrt um 18:02:10 Uhr (Ortszeit London) gesehen.",
      "Ein Bild ist unscharf: Ist das Objektiv verschmutzt, verdeckt oder nicht scharf gestellt? Vielleicht ist nicht jeder zu erkennen.",
    ],
  },
  {
    name: "the same person, and a face and a plate",
    shots: [
      { at: "17:02:10", sees: "person #a" },
      {
        at: "17:02:20",
        sees: "person #a",
        more: {
          faces: { count: 1, qualityMax: 0.9 },
          plates: [{ text: "B-XY 123", confidence: 0.9, box: [0, 0, 0.1, 0.1] }],
        },
      },
    ],
    more: { capabilities: able },
    title: "Eine Person in der Einfahrt",
    summary: [
      "Eine Person wurde in der Einfahrt zwischen 18:02:10 und 18:02:20 Uhr (Ortszeit London) gesehen.",
      "Dieselbe Person ist in der Einfahrt auf beiden Bildern zu sehen.",
      "Ein Gesicht ist deutlich genug zu sehen.",
      "Das Kennzeichen B-XY 123 wurde gelesen.",
    ],
  },
  {
    name: "different people",
    shots: [
      { at: "17:02:10", sees: "person #a" },
      { at: "17:02:20", sees: "person #b" },
    ],
    more: { capabilities: able },
    title: "Eine Person in der Einfahrt",
    summary: [
      "Eine Person wurde in der Einfahrt zwischen 18:02:10 und 18:02:20 Uhr (Ortszeit London) gesehen.",
      "Jemand ist in der Einfahrt auf beiden Bildern zu sehen.",
      "Dem Aussehen nach sind es zwei verschiedene Personen.",
    ],
  },
  {
    name: "what the camera reported and no picture shows",
    shots: [one({ zone: "front_door", type: "package" })],
    title: "Ein Paket an der Haustür gemeldet, nicht zu erkennen",
    summary: [
      "Nichts wurde an der Haustür gesehen.",
      "Die Kamera meldete an der Haustür ein Paket, was das Bild nicht ausschließt.",
    ],
  },
  {
    name: "somebody at one place and shortly after at another",
    shots: [
      { at: "17:02:10", zone: "driveway", sees: "person" },
      { at: "17:02:20", zone: "front_door", sees: "person" },
    ],
    title: "Eine Person in der Einfahrt, eine Person an der Haustür",
    summary: [
      "Eine Person wurde in der Einfahrt um 18:02:10 Uhr (Ortszeit London) gesehen.",
      "Eine Person wurde an der Haustür um 18:02:20 Uhr gesehen.",
      "Wer zehn Sekunden später an der Haustür war, kann die Person in der Einfahrt sein: Die Bilder allein verraten es nicht.",
    ],
  },
  {
    name: "a thing that another model names",
    shots: [one({ sees: "delivery_van", type: "vehicle" })],
    title: "Niemand zu sehen in der Einfahrt",
    summary: [
      "Zu sehen war in der Einfahrt nur: ein Objekt „delivery van“.",
      "Die Kamera meldete in der Einfahrt ein Fahrzeug, was das Bild nicht ausschließt.",
    ],
  },
  {
    name: "an account whose clock is UTC",
    shots: [one({ sees: "sheep, sheep, sheep" })],
    more: { timeZone: "UTC" },
    title: "Drei Schafe in der Einfahrt",
    summary: ["Drei Schafe wurden in der Einfahrt um 17:02:10 Uhr (UTC) gesehen."],
  },
  {
    name: "an account in Buenos Aires",
    shots: [one({ sees: "dog, dog, bird" })],
    more: { timeZone: "America/Argentina/Buenos_Aires" },
    title: "Zwei Hunde und ein Vogel in der Einfahrt",
    summary: [
      "Zwei Hunde und ein Vogel wurden in der Einfahrt um 14:02:10 Uhr (Ortszeit Buenos Aires) gesehen.",
    ],
  },
  {
    name: "pictures that are awaited",
    shots: [one({ sees: "person" })],
    more: {
      awaited: [
        { id: "w1", zone: "garage" },
        { id: "w2", zone: "garage" },
      ],
    },
    title: "Eine Person in der Einfahrt",
    summary: [
      "Eine Person wurde in der Einfahrt um 18:02:10 Uhr (Ortszeit London) gesehen.",
      "Zwei Bilder in der Garage wurden angekündigt und sind noch nicht angekommen.",
    ],
  },
];

suite("digests in German", () => {
  for (const { name, shots, title, summary, more } of cases) {
    it(`tell of ${name}`, () => {
      const description = tell(shots, more, tellingDe);
      assert.deepEqual([description.title, ...textsOf(description)], [title, ...summary]);
    });
  }
});
