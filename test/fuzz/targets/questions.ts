/** Words of people, which are read: what is looked for, and what a place is called. */

import { ruleOf } from "../../../packages/core/src/digest/label-rules.ts";
import { placeDe, placeNameDe } from "../../../packages/core/src/digest/places-de.ts";
import { nounOf } from "../../../packages/core/src/digest/things-de.ts";
import { kindOf, many, withArticle } from "../../../packages/core/src/digest/words-things.ts";
import { questionDe } from "../../../packages/core/src/flow/read/question-de.ts";
import { type Candidate, selectMoments } from "../../../packages/core/src/review/select-moments.ts";
import { readSearch } from "../../../packages/core/src/search/index.ts";
import * as Zone from "../../../packages/core/src/zone.ts";
import { ending, type Target, texts } from "../target.ts";

const clock = { now: new Date("2026-06-01T21:14:05.120Z"), timeZone: "Europe/Berlin" };

const candidate: Candidate = {
  id: "a",
  eventId: "a",
  deviceId: "a",
  eventType: "motion",
  zone: "front_door",
  confidence: 0.5,
  capturedAt: clock.now,
  sha256: "0",
  lifeSafety: false,
  priority: 3,
  localHour: 12,
};

export const questions: Target = {
  bytesMax: 2_000,
  tokens: [
    "last",
    "ago",
    "3",
    "three",
    "days",
    "hours",
    "at night",
    "since",
    "vor",
    "gestern",
    "um 7",
    "2026-02-30",
    "on 31 June",
    "between",
  ],
  seeds: () =>
    texts(
      "who was at the back door last night",
      "a truck in the yard between 7 and 9 on 1 June",
      "parcels 3 days ago since monday",
      "wer war gestern um 7 Uhr an der Haustür",
      "Lieferwagen vor 3 Tagen nachts",
    ),
  open: () => ({
    take: (input) =>
      ending(() => {
        const text = input.toString();
        for (const one of [text, questionDe(text).question]) {
          for (const { from, until } of readSearch(one, clock).stretches ?? []) {
            if (!(from.getTime() <= until.getTime())) {
              throw new Error(`from ${String(from)} until ${String(until)}`);
            }
          }
        }
      }),
  }),
};

export const names: Target = {
  bytesMax: 256,
  tokens: ["Haustür", "front door", "cam 1", "no", "links", "garage", "person", "person-verified"],
  seeds: () =>
    texts("front_door", "Haustür links", "person", "Kamera 2 Garage", "license_plate", "traffic light"),
  open: () => ({
    take: (input) =>
      ending(() => {
        const text = input.toString();
        const said = [
          placeDe(Zone.read(text), text),
          placeNameDe(text),
          many(text),
          withArticle(text),
          ...nounOf(text),
          kindOf(text),
          ruleOf(text).interest,
        ];
        if (said.some((word) => typeof word !== "string")) {
          throw new Error(`expected words, got ${JSON.stringify(said)}`);
        }
        const { chosen, left } = selectMoments([{ ...candidate, id: "b", zone: text }, candidate], 1);
        const ordered = [...chosen, ...left].map(({ id }) => id).toSorted();
        if (ordered.join() !== "a,b" || chosen.length !== 1) {
          throw new Error(`expected one of two, got ${ordered.join()}`);
        }
      }),
  }),
};
