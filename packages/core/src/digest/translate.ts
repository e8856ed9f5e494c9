/** A digest in the other languages, and in the one that somebody reads. Pure. */
import type { Language } from "../language/wire.ts";
import { type DescribeInput, describe } from "./describe.ts";
import type { Translations, Wording } from "./digest.sql.ts";
import { sentenceDe } from "./reasons-de.ts";
import { tellingDe } from "./telling-de.ts";

/** Without a picture a digest is called by what its assessment says. */
export function translate({ assessment, ...input }: DescribeInput): Translations {
  const judged = { ...assessment, summary: sentenceDe(assessment.summary) };
  const { title, summary, timeline } = describe({ ...input, assessment: judged }, tellingDe);
  return { de: { title, summary, timeline } };
}

/** The same of the title alone. */
export function titleIn(
  { title, translations }: { title: string; translations: Translations },
  language: Language,
): string {
  return (language === "en" ? undefined : translations[language]?.title) ?? title;
}

/** English where the digest has no other. */
export function wordingIn(digest: Wording & { translations: Translations }, language: Language): Wording {
  return (language === "en" ? undefined : digest.translations[language]) ?? digest;
}
