/** Checks of texts and pictures, and how often answers are wrong, as the API tells them. */
import { CheckDashboard, type CheckView, type Evaluation } from "@vigil/core/check/wire";
import { id } from "./fixtures.ts";

const share = (cases: number, of: number, from: number, to: number) => ({
  cases,
  of,
  rate: cases / of,
  from,
  to,
});
const error = { slice: "news", humans: 108, falsePositives: 1, rate: 0.0093, rateMax: 0.0505, found: 0.955 };

function check(number: number, part: Partial<CheckView>): CheckView {
  return {
    id: id("chk", number),
    kind: "text",
    checkedAt: `2026-11-20T0${number}:15:00.000Z`,
    actor: id("mbr", 1),
    sha256: String(number).repeat(64),
    bytes: 1_204,
    points: 1,
    label: null,
    declared: { status: "silent", says: [] },
    provenance: null,
    marks: [],
    generated: { status: "cannot-tell", reasons: ["this installation has no head for texts"] },
    ...part,
  };
}

export const checks: CheckView[] = [
  check(4, {
    label: "Letter to the insurer",
    marks: [{ code: "assistant-marks", detail: "links that ChatGPT made: 1" }],
    generated: { status: "likely", probability: 0.97, error, isExperimental: true, reasons: ["words"] },
  }),
  check(3, {
    kind: "image",
    points: 3,
    bytes: 1_604_311,
    label: "Dent in the door",
    declared: { status: "generated", by: "metadata", says: ["Stable Diffusion"] },
    provenance: { status: "absent", codes: [] },
    generated: { status: "declared", reasons: ["the file says: Stable Diffusion"] },
  }),
  check(2, {
    label: "Statement",
    generated: { status: "none-found", probability: 0.03, error, reasons: ["words"] },
  }),
  check(1, {}),
];

export const dashboard = CheckDashboard.parse({
  from: "2026-10-22",
  to: "2026-11-20",
  allowance: { points: 600, used: 6, left: 594, resetsAt: "2026-11-21T00:00:00Z" },
  checks: 4,
  points: 6,
  byKind: [{ kind: "text", checks: 3 }],
  byStatus: [{ status: "likely", checks: 1 }],
  days: [{ date: "2026-11-20", checks: 4, points: 6 }],
});

const slice = {
  labelled: 449,
  coverage: share(396, 449, 0.849, 0.91),
  areaUnderCurve: 0.998,
  falsePositives: share(1, 108, 0, 0.051),
  found: share(275, 288, 0.924, 0.976),
  calibrationError: 0.024,
  reliability: [],
  formula: 0.786,
};

export const evaluation: Evaluation = {
  loaded: null,
  heads: [
    {
      kind: "text",
      state: "experimental",
      why: ["The licences of the texts that it was learned from are not known to allow that."],
      bar: { foundMin: 0.75, falsePositivesMax: 0.01, coverageMin: 0.6, labelledMin: 200 },
      slices: [
        { name: "news", isKnown: true, ...slice },
        { name: "news, of which nothing was learned", isKnown: false, ...slice },
      ],
      latencyMs: { p50: 0.5, p95: 5, words: 180 },
    },
    {
      kind: "image",
      state: "none",
      why: ["What was tried on pixels was no better than chance."],
      bar: null,
      slices: [],
      latencyMs: null,
    },
  ],
};
