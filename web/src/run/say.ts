/** Bulk intakes of pictures. */
import type { Run } from "../api/contract.ts";
import { mark } from "../words/mark.ts";
import { spoken } from "../words/spoken.ts";

export const say = spoken("run", {
  pageTitle: "Vigil · Runs",
  runs: "Runs",
  onePageTitle: "Vigil · Run",
  allRuns: "All runs",
  inBulk: "Pictures in bulk:",
  questions: "Questions",
  sources: "Sources",
  nothingTaken: "Nothing was taken in yet.",
  parts: {
    inspected: "Inspected",
    reused: "Seen before",
    asked: "Asked about",
    unreadable: "Unreadable",
    refused: "Other bytes than announced",
    dead: "Given up",
    open: "Open",
  } satisfies Readonly<Record<"open" | keyof Run["ends"], string>>,
  ofAll: (count: number) => `of ${mark(count)}`,
  states: {
    listing: "Pictures are being taken in.",
    running: "Being inspected.",
    grouping: "Being grouped.",
    review: "Done. Look at the groups, then seal it.",
    sealed: "Sealed.",
    cancelled: "Cancelled.",
  } satisfies Readonly<Record<Run["state"], string>>,
  paused: "Paused.",
  sealedAs: (version: number) => `Sealed, version ${version} of its source.`,
  pause: "Pause",
  goOn: "Go on",
  seal: "Seal",
  sameThing: "Pictures that show the same",
  choose:
    "Choose pictures to take them out of their group, or to put them together. It holds in later runs too.",
  byHashes: "Compared by their hashes alone: the model gives no embeddings.",
  noTwo: "No two pictures look the same.",
  andLikeIt: (count: number) => `and ${count} like it`,
  showAll: (count: number) => `Show all ${count}`,
  alone: "Pictures that stand alone",
  none: "There are none.",
  showMore: "Show more",
  chosen: (count: number) => `${count} chosen`,
  takeApart: "Take apart",
  putTogether: "Put together",
  chooseNone: "Choose none",
});
