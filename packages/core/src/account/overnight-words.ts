/** What the morning summary says. */
import type { Language } from "../language/wire.ts";
import type { Level } from "../level.ts";
import { levelWords } from "../level-words.ts";

type Happened = { time: string; siteName: string; title: string; level: Level };

const en = {
  since: (from: string) => `since ${from}`,
  between: (from: string, until: string) => `from ${from} until ${until}`,
  nothing: (span: string) => `Nothing happened ${span}.`,
  ofLevel: (count: number, level: Level) => `${count} ${levelWords.en[level]}`,
  waited: (count: number, counts: string, span: string) =>
    `${count === 1 ? "1 alert" : `${count} alerts`} waited (${counts}) ${span}.`,
  happened: ({ time, siteName, title, level }: Happened) =>
    `${time}, ${siteName}: ${title} (${levelWords.en[level]}).`,
  others: (count: number) => `And ${count} others.`,
  lowOthers: (count: number) => `And ${count} others of level low.`,
  allLow: "None was above level low.",
};

const de: typeof en = {
  since: (from) => `seit ${from} Uhr`,
  between: (from, until) => `von ${from} bis ${until} Uhr`,
  nothing: (span) => `Es geschah nichts ${span}.`,
  ofLevel: (count, level) => `${count} ${levelWords.de[level]}`,
  waited: (count, counts, span) =>
    `${count === 1 ? "1 Meldung" : `${count} Meldungen`} ${count === 1 ? "wartete" : "warteten"} ${span} (${counts}).`,
  happened: ({ time, siteName, title, level }) =>
    `${time} Uhr, ${siteName}: ${title} (${levelWords.de[level]}).`,
  others: (count) => (count === 1 ? "Und 1 weitere." : `Und ${count} weitere.`),
  lowOthers: (count) =>
    count === 1 ? "Und 1 weitere der Stufe „niedrig“." : `Und ${count} weitere der Stufe „niedrig“.`,
  allLow: "Keine lag über der Stufe „niedrig“.",
};

export const overnightWords: Readonly<Record<Language, typeof en>> = { en, de };
