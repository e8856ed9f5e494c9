/** What can be said of a text or a picture, in words that need no explanation. Nothing here calls one true, or a person a liar. */
import type { Check, CheckEvaluation } from "../api/contract.ts";
import { statement } from "../words/origin.ts";

export const words = {
  title: "Authenticity",
  lead: "Ask about a text or a picture: what it says of its own origin, what can be seen in it, and whether it was generated, as far as that can be known. It is not kept; its fingerprint, its size and the answer are.",
  what: "What it is",
  text: "A text",
  picture: "A picture",
  address: "An address",
  pasteText: "The text",
  choosePicture: "A JPEG, PNG or WebP of up to 4 MB",
  typeAddress: "Where a picture or a plain text stands, with https://",
  label: "A name for it, if you like",
  ask: "Check it",
  asking: "Looking…",
  nothingGiven: "There is nothing to check yet.",
  answer: "What can be said of it",
  before: "What was checked",
  nothingYet: "Nothing was checked yet.",
  older: "Show older ones",
  loading: "Loading…",
  export: "Save as a table",
  measured: "How often answers are wrong",
  noDeclaration: "It says nothing of its own origin. Most say nothing: that proves nothing.",
  noMarks: "Nothing odd can be seen in it.",
  known: "Of kinds of text that were learned from",
  unknown: "Of other kinds, and by other programs",
} as const;

const markWords: Readonly<Record<Check["marks"][number]["code"], string>> = {
  "hidden-characters": "There are characters in it that nobody sees",
  "hidden-message": "Words may be hidden in it, spelt with characters that nobody sees",
  "direction-controls": "Some characters change the order in which others are shown",
  "mixed-alphabets": "Words mix letters of several alphabets that look alike",
  "assistant-marks": "It holds what a writing assistant leaves behind when its answer is copied",
  "assistant-phrase": "An assistant speaks of itself in it",
  "name-differs": "Its name is that of another kind of file",
  "exif-size-differs": "It is not of the size that it says",
  "time-ahead": "It says that it was taken at a time to come",
  "statement-altered": "Its statement of origin was changed",
  "content-changed": "It was changed after it was signed",
};

/** What it says of itself: one sentence. */
export function declaredOf({ declared }: Check): string {
  const { status, by, says } = declared;
  if (status === "silent") return words.noDeclaration;
  const what =
    status === "generated"
      ? `It says itself that a program generated it, in whole or in part (${says.join(", ")})`
      : `It says itself that a camera took it (${says.join(", ")})`;
  return by === "signed-manifest"
    ? `${what}. That is signed, and unchanged since.`
    : `${what}. Anybody can have written that.`;
}

/** Its statement of origin, where it has one. */
export function statementOf({ provenance }: Check): string | undefined {
  return provenance === null ? undefined : statement(provenance);
}

export function marksOf({ marks }: Check): string[] {
  return marks.map(({ code, detail }) => `${markWords[code]} (${detail}).`);
}

/** Whether it was generated: the sentence that people look for first. */
export function generatedOf({ generated, kind }: Check): string {
  const { status, error, probability, reasons } = generated;
  const thing = kind === "text" ? "text" : "picture";
  if (status === "declared") return `This ${thing} says itself that it was generated.`;
  if (status === "cannot-tell") {
    return `Nobody here can tell whether it was generated: ${reasons.join("; ")}.`;
  }
  const wrong =
    error === undefined
      ? ""
      : ` Of ${error.humans} texts of this kind that people wrote, ${error.falsePositives} ${error.falsePositives === 1 ? "was" : "were"} called generated all the same: ${percent(error.rate)}, and ${percent(error.rateMax)} cannot be ruled out.`;
  return status === "likely"
    ? `It is like texts that programs wrote (${percent(probability ?? 0)}). That is no proof.${wrong}`
    : `It is not like texts that programs wrote. That proves nothing: ${percent(1 - (error?.found ?? 0))} of theirs are not found.`;
}

/** The same in a few words, for a list. */
export const shortOf: Readonly<Record<Check["generated"]["status"], string>> = {
  declared: "says that it was generated",
  likely: "like generated texts",
  "none-found": "nothing found",
  "cannot-tell": "cannot be told",
};

export const experimental =
  "This answer is experimental: whether one may learn from the texts behind it is not certain, or it is not good enough.";

export function leftOf({ left, points }: { left: number; points: number }): string {
  return `${left} of ${points} points are left today. A text costs 1, a picture or an address 3.`;
}

type Head = CheckEvaluation["heads"][number];

export function headOf({ kind }: Head): string {
  return { text: "Texts", image: "Pictures", audio: "Sound", video: "Video" }[kind];
}

/** One row of what was measured. */
export function rowOf({ coverage, falsePositives, found }: Head["slices"][number]): string[] {
  const share = ({ rate, from, to }: typeof found, of: number) =>
    of === 0 ? "–" : `${percent(rate)} (${percent(from)} to ${percent(to)})`;
  return [
    percent(coverage.rate),
    share(falsePositives, falsePositives.of),
    share(found, found.of),
    String(falsePositives.of + found.of),
  ];
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
}
