/** What is known of how often answers are wrong, by kind. */
// Written by `npm run evaluate:authenticity -- --write`.
import measuredText from "./measured-text.json" with { type: "json" };
import { reachesBar, type TextHead } from "./text/head.ts";
import { type Evaluation, HeadEvaluation } from "./wire.ts";

const silent = (kind: HeadEvaluation["kind"], why: string): HeadEvaluation => ({
  kind,
  state: "none",
  why: [why],
  bar: null,
  slices: [],
  latencyMs: null,
});

const nothingMeasured = "No head is measured for it: only what a file declares is told.";

/** @param head for texts, of this installation */
export function evaluationOf(head: TextHead | undefined): Evaluation {
  return {
    loaded: head
      ? { name: head.name, isExperimental: !head.mayTrain || !head.slices.every(reachesBar) }
      : null,
    heads: [
      HeadEvaluation.parse(measuredText),
      silent(
        "image",
        "What was tried on pixels was no better than chance for generators that it had not seen: only what a file declares is told.",
      ),
      silent("audio", nothingMeasured),
      silent("video", nothingMeasured),
    ],
  };
}
