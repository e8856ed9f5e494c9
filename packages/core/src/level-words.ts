/** What levels are called, by language. */
import type { Level } from "./level.ts";

type Words = Readonly<Record<Level, string>>;

export const levelWords = {
  en: { low: "low", standard: "standard", elevated: "elevated", critical: "critical" },
  de: { low: "niedrig", standard: "normal", elevated: "erhöht", critical: "kritisch" },
} as const satisfies Readonly<Record<string, Words>>;
