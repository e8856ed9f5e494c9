/** One digest: what is said, what it rests on, and how it was worked out. */
import { counted } from "../words/counted.ts";
import { mark } from "../words/mark.ts";
import { spoken } from "../words/spoken.ts";

export const say = spoken("digest", {
  loadingDigest: "Loading the digest",
  noSuchDigest: "There is no such digest in this account",
  mayBeRemoved: "It may have been removed.",
  pictures: "Pictures",
  howDone: "How it was done",
  steps: {
    queueMs: "waiting",
    fetchMs: "fetching pictures",
    decodeMs: "decoding",
    inferMs: "looking",
    postMs: "interpreting",
  },
  faces: "faces",
  reidentification: "the same person again",
  plates: "number plates",
  ready: (after: string, took: string) =>
    `Ready ${mark(after)} after the last event; the review took ${took}.`,
  allLookedFor: "Faces, returning persons and number plates were looked for too.",
  notLookedFor: (what: string) =>
    `Not looked for, because no owner has consented to it or the worker has no model for it: ${what}.`,
  model: "Model",
  sha256: "Its sha256",
  ranOn: "Ran on",
  digest: "Digest",
  showThat: "Show that picture",
  detected: "Detected in this picture",
  proves: "What the pictures prove",
  noStatement:
    "None of them brings a statement of its origin, and none came before. Few cameras write one: that proves nothing.",
  pictureNumber: (number: number) => `Picture ${number}.`,
  cannotTell: "Whether a camera was shown what really happened, none of this can tell.",
  pictureByPicture: "Picture by picture",
  showPicture: (number: number) => `Show picture ${number}`,
  erased: (when: string) => `Erased ${when}.`,
  whyLevel: "Why this level",
  recorded: "Recorded",
  atHost: (host: string) => `at ${host}`,
  whereRecorded:
    "The recording is at the gateway, and only there. It opens where your browser reaches the gateway, and until it was recorded over.",
  whatHappened: "What happened",
  whatToDo: "What to do",
  minuteByMinute: "Minute by minute",
  picture: (number: number) => `Picture ${number}`,
  andMore: (count: number) => `and ${count} more`,
  forDay: "for a day",
  forWeek: "for a week",
  forMonth: "for 30 days",
  handOn: "Hand it on",
  whoHasLink: "Whoever has a link can read this digest, and nothing else, without signing in.",
  howLong: "How long the link works",
  exportIt: "Export with pictures",
  linkOnce: "The link, shown this once:",
  linkUntil: (when: string) => `A link until ${when}`,
  notOpened: "not opened yet",
  opened: (count: number) => `opened ${counted(count, "time", "times")}`,
  allPictures: "All pictures",
  isItRight: "Mislabelled?",
  saysAnew:
    "Say what something really is: the digest says it anew, in its words, its level and what it is found by. Nobody is told again.",
  calledSo: (thing: string) => `${thing} is`,
  nothingAtAll: "nothing at all",
  sayIt: "Say so",
  saidSo: (thing: string, title: string) =>
    `You said so: it was called “${thing}”. The digest says now: ${title}.`,
  wasItNothing: "Was it nothing?",
  weighsLess: "What you call false weighs less from then on, within a cap. Settings forget it again.",
});
