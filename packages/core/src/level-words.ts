/** What levels are called. */
import type { Language } from "./language/languages.ts";
import type { Level } from "./level.ts";

export const levelWords: Readonly<Record<Language, Readonly<Record<Level, string>>>> = {
  en: { low: "low", standard: "standard", elevated: "elevated", critical: "critical" },
  de: { low: "niedrig", standard: "normal", elevated: "erhöht", critical: "kritisch" },
};
