/**
 * The language of this page: chosen once, before any other module of the console runs, and fixed until it is loaded anew. So
 * a text may stand wherever it is needed, also outside of a component.
 *
 * Each folder has its texts in English in a `say.ts`, and `de/` has the same in German, typed by them.
 */
import { defaultLanguage, type Language } from "@vigil/core/language/languages";

/** What has texts of its own. */
export type Part =
  | "camera"
  | "check"
  | "day"
  | "deeds"
  | "delivery"
  | "device"
  | "digest"
  | "endpoint"
  | "erasure"
  | "everywhere"
  | "gateway"
  | "household"
  | "inbox"
  | "ledger"
  | "models"
  | "operator"
  | "origin"
  | "outcome"
  | "people"
  | "plan"
  | "question"
  | "refusal"
  | "run"
  | "scene"
  | "settings"
  | "shell"
  | "sign-in"
  | "source"
  | "time"
  | "thing"
  | "trend";

export type Translation = Readonly<Record<Part, object>>;

const locales: Readonly<Record<Language, string>> = { en: "en-GB", de: "de-DE" };

let chosen: Language = defaultLanguage;
let translated: Translation | undefined;

/** @param translation left out: what is said in English */
export function speak(language: Language, translation?: Translation): void {
  chosen = language;
  translated = translation;
}

/** The texts of a part, in the language of the page. */
export function spoken<Texts extends object>(part: Part, english: Texts): Texts {
  return (translated?.[part] as Texts | undefined) ?? english;
}

export function spokenLanguage(): Language {
  return chosen;
}

/** For `Intl`. */
export function locale(): string {
  return locales[chosen];
}
