/** What the page of a shared link says, beside what the digest itself tells. */
import { placeNameDe } from "@vigil/core/digest/places-de";
import { nounOf } from "@vigil/core/digest/things-de";
import type { Language } from "@vigil/core/language/languages";
import type { Level } from "@vigil/core/level";
import { levelWords } from "@vigil/core/level-words";

const en = {
  locale: "en-GB",
  level: levelWords.en as Readonly<Record<Level, string>>,
  zone: (zone: string) => zone.replaceAll(/[_-]+/g, " "),
  thing: (label: string) => label,
  pictures: "Pictures",
  timeline: "Minute by minute",
  until: (when: string) => `Shared with you until ${when}. Whoever has this link can read this page.`,
  gone: "This link does not open anything any more",
  busy: "This link was opened too often: try again in a minute",
};

const de: typeof en = {
  locale: "de-DE",
  level: levelWords.de,
  zone: placeNameDe,
  thing: (label) => nounOf(label)[1],
  pictures: "Bilder",
  timeline: "Minute für Minute",
  until: (when) => `Mit Ihnen geteilt bis ${when}. Wer diesen Link hat, kann diese Seite lesen.`,
  gone: "Dieser Link führt nirgends mehr hin",
  busy: "Dieser Link wurde zu oft geöffnet: Versuchen Sie es in einer Minute noch einmal",
};

export type SharedWords = typeof en;
export const sharedWords: Readonly<Record<Language, typeof en>> = { en, de };
