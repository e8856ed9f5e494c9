/** What is said of texts and pictures that were checked. Nothing here calls one true, or a person a liar. */
import type { Check, CheckEvaluation } from "../api/contract.ts";
import { spoken } from "../words/spoken.ts";

const marks: Readonly<Record<Check["marks"][number]["code"], (detail: string) => string>> = {
  "hidden-characters": (detail) => `There are characters in it that nobody sees (${detail}).`,
  "hidden-message": (detail) =>
    `Words may be hidden in it, spelt with characters that nobody sees (${detail}).`,
  "direction-controls": (detail) => `Some characters change the order in which others are shown (${detail}).`,
  "mixed-alphabets": (detail) => `Words mix letters of several alphabets that look alike (${detail}).`,
  "assistant-marks": (detail) =>
    `It holds what a writing assistant leaves behind when its answer is copied (${detail}).`,
  "assistant-phrase": (detail) => `An assistant speaks of itself in it (${detail}).`,
  "name-differs": (detail) => `Its name is that of another kind of file (${detail}).`,
  "exif-size-differs": (detail) => `It is not of the size that it says (${detail}).`,
  "time-ahead": (detail) => `It says that it was made at a time to come (${detail}).`,
  "length-differs": (detail) => `It is not as long as it says, as after it was cut short (${detail}).`,
  "statement-altered": (detail) => `Its statement of origin was changed (${detail}).`,
  "content-changed": (detail) => `It was changed after it was signed (${detail}).`,
};

const statuses: Readonly<Record<Check["generated"]["status"], string>> = {
  declared: "says that it was generated",
  likely: "like generated texts",
  "none-found": "nothing found",
  "cannot-tell": "cannot be told",
};

const heads: Readonly<Record<CheckEvaluation["heads"][number]["kind"], string>> = {
  text: "Texts",
  image: "Pictures",
  audio: "Sound",
  video: "Video",
};

export const say = spoken("check", {
  pageTitle: "Authenticity · Vigil",
  title: "Authenticity",
  lead: "Ask about a text, a picture or a recording: what it says of its own origin, what can be seen in it, and whether it was generated, as far as that can be known. It is not kept; its fingerprint, its size and the answer are.",
  what: "What it is",
  text: "A text",
  pictureOrRecording: "A picture or a recording",
  kinds: { text: "A text", image: "A picture", audio: "A sound recording", video: "A video" },
  address: "An address",
  pasteText: "The text",
  chooseFile: "A picture of up to 4 MB, sound of up to 64 MB, or a video of up to 128 MB",
  steps: {
    hashing: "Reading the file…",
    uploading: "Uploading…",
    waiting: "Uploaded. It is looked at as soon as there is time; this may take some minutes.",
  },
  uploadRefused:
    "What came is not the recording that was announced. It was read, and so its points are spent.",
  uploadGivenBack: "Nobody could look at it. It cost nothing: try it again later.",
  typeAddress: "Where a picture or a plain text stands, with https://",
  label: "A name for it, if you like",
  ask: "Check it",
  asking: "Looking…",
  nothingGiven: "There is nothing to check yet.",
  left: (left: string, points: string) =>
    `${left} of ${points} points are left today. A text costs 1, a picture or an address 3, sound 4, a video 6.`,
  answer: "What can be said of it",
  before: "What was checked",
  nothingYet: "Nothing was checked yet.",
  save: "Save as a table",
  measured: "How often answers are wrong",
  experimental:
    "This answer is experimental: whether one may learn from the texts behind it is not certain, or it is not good enough.",
  silent: "It says nothing of its own origin. Most say nothing: that proves nothing.",
  noMarks: "Nothing odd can be seen in it.",
  marks,
  saysGenerated: {
    signed: (what: string) =>
      `It says itself that a program generated it, in whole or in part (${what}). That is signed, and unchanged since.`,
    written: (what: string) =>
      `It says itself that a program generated it, in whole or in part (${what}). Anybody can have written that.`,
  },
  saysCaptured: {
    signed: (what: string) =>
      `It says itself that a camera took it (${what}). That is signed, and unchanged since.`,
    written: (what: string) =>
      `It says itself that a camera took it (${what}). Anybody can have written that.`,
  },
  declared: "It says itself that it was generated.",
  cannotTell: (why: string) => `Nobody here can tell whether it was generated: ${why}.`,
  likely: (probability: string) => `It is like texts that programs wrote (${probability}). That is no proof.`,
  wrong: (wrong: string, people: string, rate: string, rateMax: string) =>
    `Such answers were wrong for ${wrong} of ${people} texts of this kind that people wrote: ${rate}, and up to ${rateMax} cannot be ruled out.`,
  noneFound: (missed: string) =>
    `It is not like texts that programs wrote. That proves nothing: ${missed} of theirs are not found.`,
  statuses,
  file: (sha256: string, bytes: string) => `SHA-256 ${sha256}, ${bytes} bytes`,
  inList: (when: string, status: string) => `${when}: ${status}`,
  inListOdd: (when: string, status: string, odd: string) => `${when}: ${status}, ${odd} odd`,
  heads,
  known: "Kinds of text that were learned from",
  unknown: "Other kinds, and other programs",
  texts: "Texts",
  columns: {
    coverage: "Answered for",
    falsePositives: "Of people, called generated",
    found: "Generated, found",
    labelled: "Measured with",
  },
  log: "The evidence log",
  logIs:
    "All evidence and all that digests say is in one signed log that is only ever added to. Before anything is added, it must make the root that was signed last.",
  logEmpty: "There is nothing in it yet.",
  logSize: "Entries",
  logSigned: "Signed",
  logAt: (when: string, ago: string) => `${when} (${ago}): it is signed again when it has grown`,
  logStamped: "Time stamp",
  logStampedBy: (authority: string, when: string) => `${authority}, ${when}`,
  logNotStamped: "No authority has stamped this state.",
  logFirst: "This browser keeps this state, and checks next time that the log goes on from it.",
  logContinued: (size: string, when: string) =>
    `Checked in this browser: it begins with the very ${size} entries that it had on ${when}.`,
  logBroken: (size: string, when: string) =>
    `It does not begin with the ${size} entries that this browser saw on ${when}. Something was changed or taken out, or this is another installation: ask whoever runs it.`,
  interval: (rate: string, from: string, to: string) => `${rate} (${from} to ${to})`,
});
