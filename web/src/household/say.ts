/** What stands beside the inbox. */
import { counted } from "../words/counted.ts";
import { mark } from "../words/mark.ts";
import { spoken } from "../words/spoken.ts";

const faults: Readonly<Record<string, string>> = {
  blind: "Its pictures show one colour: is its lens covered?",
  blurred: "Its pictures are blurred: is its lens dirty, covered or out of focus?",
  overexposed: "Most of its pictures is as bright as can be: does a light shine into it?",
  frozen: "It shows the same picture for hours",
};

export const say = spoken("household", {
  household: "Household",
  devices: "Devices",
  noDevice: "No device yet. Whatever you read this on may be the first.",
  before: "What stands before it",
  noticed: (trouble: string, when: string) => `${trouble}, noticed ${when}`,
  browserAsCamera: "Use this browser as a camera",
  letIn: "Let a device in",
  keys: "Keys",
  faults,
  silent: "Silent: nothing is heard of it",
  sensorSilent: (sensor: string) => `Sensor ${sensor} is silent`,
  noKey: "no valid key",
  notHeard: "not heard of yet",
  heard: (when: string) => `heard ${when}`,
  waiting: (isPriority: boolean) => `Waiting in ${isPriority ? "the priority queue" : "the queue"}.`,
  nextUp: (isPriority: boolean) => `Next in ${isPriority ? "the priority queue" : "the queue"}.`,
  waitingBehind: (isPriority: boolean, ahead: number) =>
    `Waiting in ${isPriority ? "the priority queue" : "the queue"}, ${counted(ahead, "review", "reviews")} ahead.`,
  running: "Being looked at now.",
  done: "Done.",
  failed: (why: string | undefined) =>
    `The review failed${why === undefined ? "" : `: ${why}`}. It does not count against the allowance.`,
  cancelled: "The review was cancelled.",
  asking: "Asking…",
  closeAndLook: "Close and look deeper",
  look: "Look deeper",
  underWay: "Under way",
  allQuiet: "All quiet: nothing is going on.",
  assessedOnly: "Assessed only",
  deepReviews: "Deep reviews",
  plan: "Plan",
  ledger: "Ledger: what came of everything",
  checks: "Check a text or a picture",
  liteOnly: "Lite assesses every event. Guardian and Pro add deep reviews.",
  priorityReady: (ready: number, of: number) => `${mark(ready)} of ${of} priority reviews ready`,
  neverRefused: (used: number) =>
    `${used} done today. Never refused: without one ready, a review waits in the standard queue.`,
  givenBack: (count: number) => `${count} given back.`,
  doneToday: (used: number) => `${used} done today.`,
  leftToday: (left: number, of: number) => `${mark(left)} of ${of} left today`,
  reviewsLeftToday: (left: number, of: number) => `${left} of ${of} deep reviews left today`,
  used: (count: number) => `${count} used.`,
  usedUntil: (count: number, when: string) => `${count} used, new ones ${when}.`,
});
