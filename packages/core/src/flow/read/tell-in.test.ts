import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { frozen, open } from "../../assessment/evenings.ts";
import { frozenLater, openLater } from "../../assessment/evenings-later.ts";
import { judgeScenario } from "../../assessment/read-scenario.ts";
import { scenarios } from "../../assessment/scenarios.ts";
import { scenariosSeen } from "../../assessment/scenarios-seen.ts";
import { tellLateness, tellReceipt } from "../../assessment/tell-receipt.ts";
import type { Assessment } from "../../assessment/wire.ts";
import { knownSentenceDe, sentenceDe } from "../../digest/reasons-de.ts";
import { foresee, type Prospects } from "../../digest-outlook.ts";
import { reasons as loadReasons } from "../../throttle/reasons.ts";
import { calm } from "../../throttle/step.ts";

const said = ({ summary, recommendation, reasons }: Assessment) => [
  summary,
  recommendation,
  ...reasons.map(({ text }) => text),
];

const evenings = [...scenarios, ...scenariosSeen, ...open, ...openLater, ...frozen, ...frozenLater];

function assertKnown(texts: Iterable<string>) {
  const strange = [...new Set(texts)].filter((text) => text !== "" && knownSentenceDe(text) === undefined);
  assert.deepEqual(strange, []);
}

describe("what rules say, in German", () => {
  it("has every sentence that the scenarios and evenings bring forth", () => {
    assertKnown(evenings.flatMap((evening) => said(judgeScenario(evening))));
  });

  it("has what is said of late events and wrong clocks", () => {
    const [evening] = evenings;
    assert.ok(evening);
    const judged = judgeScenario(evening);
    const receivedAt = new Date("2026-06-01T12:00:00Z");
    const times = [
      "2026-06-01T11:00:00Z",
      "2026-05-30T12:00:00Z",
      "2026-06-01T12:00:00Z",
      "2020-06-01T12:00:00Z",
      "2026-06-02T15:00:00Z",
    ].map((time) => new Date(time));
    for (const level of ["low", "standard"] as const) {
      for (const lifeSafety of [true, false]) {
        const assessment = { ...judged, level, lifeSafety };
        for (const reportedAt of times) {
          for (const occurredAt of times) {
            const receipt = { eventId: "evt_1", reportedAt, occurredAt, receivedAt };
            for (const believed of [true, false]) {
              assertKnown(said(tellReceipt(assessment, { ...receipt, believed })));
            }
            assertKnown(said(tellLateness(assessment, [receipt])));
          }
        }
      }
    }
  });

  it("has whether a digest will come", () => {
    const refusals: Prospects["refusal"][] = [
      null,
      {
        code: "tier-excludes",
        detail:
          "The lite tier assesses every event but has no deep reviews; move the account to guardian or pro to get them.",
      },
      {
        code: "quota-exceeded",
        detail:
          "All 5 deep reviews of the account's day are used (5 of 5); ask again from 2026-06-02T00:00:00.000Z, or move the account to pro, which is never refused.",
      },
    ];
    for (const refusal of refusals) {
      for (const isOpen of [true, false]) {
        for (const reviewState of [null, "queued", "failed"] as const) {
          for (const pictures of [0, 1, 2].flatMap((ready) =>
            [0, 1, 2].map((announced) => ({ ready, announced })),
          )) {
            for (const level of ["low", "critical"] as const) {
              const prospects = { open: isOpen, level, lifeSafety: false, reviewState, digestId: null };
              for (const isHeldBack of [false, true]) {
                assertKnown([foresee({ ...prospects, isHeldBack, pictures, refusal }).text]);
              }
            }
          }
        }
      }
    }
  });

  it("has why a review looks at fewer moments", () => {
    const measured = { depthReviews: 12_345, expectedWaitSeconds: 900 };
    const last = measured as NonNullable<typeof calm.last>;
    assertKnown([
      ...loadReasons({ ...calm, overloaded: true, depthHigh: true, waitHigh: true, last }),
      ...loadReasons({ ...calm, overloaded: true, waitHigh: true, last: null }),
      ...loadReasons({ ...calm, overloaded: true }),
    ]);
  });

  it("reads as people say it", () => {
    const told: readonly [string, string][] = [
      [
        "A person was seen at the front door at 23:14 while nobody was home. It looks like a delivery or a caller.",
        "Um 23:14 Uhr wurde an der Haustür eine Person gesehen, während niemand zu Hause war. Es sieht nach einer Lieferung oder einem Besucher aus.",
      ],
      ["Something moved at 03:10.", "Um 03:10 Uhr hat sich etwas bewegt."],
      ["It happened in the kitchen.", "Es geschah in der Küche."],
      ["It was received 3 days late.", "Es ging mit einer Verspätung von 3 Tagen ein."],
      ["What nobody says.", "What nobody says."],
    ];
    for (const [english, german] of told) assert.equal(sentenceDe(english), german);
  });

  it("is bounded for whatever somebody calls a zone", () => {
    const name = "a ".repeat(30);
    const began = performance.now();
    sentenceDe(`A person was seen ${name.repeat(50)} at 23:14`);
    assert.ok(performance.now() - began < 200);
  });
});
