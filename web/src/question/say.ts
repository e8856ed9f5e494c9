/** Questions to people about pictures of runs. */

import { spoken } from "../words/spoken.ts";
import { one } from "../words/thing.ts";

export const say = spoken("question", {
  pageTitle: "Vigil · Questions",
  questions: "Questions",
  /** Of the runs' page. */
  answerThem: (open: number) =>
    open === 1 ? "Answer the open question" : `Answer the ${open} open questions`,
  allRuns: "All runs",
  isThere: (label: string) => `Is it there: ${one(label)}?`,
  areBoth: (label: string, other: string) => `Is it both: ${one(label)} and ${one(other)}?`,
  answers: { yes: "Yes", no: "No", "cannot-tell": "Cannot tell" },
  undo: "Undo",
  keysTitle: "Keys",
  keys: { yes: "y", no: "n", "cannot-tell": "c", undo: "u" },
  progress: (done: number, all: number) => `${done} of ${all} answered`,
  last: (name: string, answer: string) => `${name}: ${answer}`,
  nothing: "There is nothing to answer.",
  othersLeft: (open: number) =>
    open === 1
      ? "One question is left for somebody else: it is asked twice."
      : `${open} questions are left for somebody else: they are asked twice.`,
  near: (near: number, asked: number) =>
    `${near} pictures are near to the boundary; people are asked about ${asked} of them.`,
  overflow: (count: number) =>
    `${count} more are near to the boundary than people are asked about. The rules alone decide them.`,
  agreement: (agreed: number, both: number) =>
    `Of ${both} that were answered twice, ${agreed} were answered the same.`,
  agreementSure: (low: string, high: string) => `Between ${low} and ${high} of all would be.`,
  notTwice: (asked: number) =>
    asked === 1
      ? "One question is asked twice; not both were answered yet."
      : `${asked} questions are asked twice; none was answered both times yet.`,
});
