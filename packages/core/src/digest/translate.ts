/** A digest in the other languages, and in the one that somebody reads. Pure. */
import type { Language } from "../language/wire.ts";
import { type DescribeInput, describe } from "./describe.ts";
import type { Translations, Wording } from "./digest.sql.ts";
import { tellingDe } from "./telling-de.ts";

/** Without a picture a digest says what its assessment says, and is not translated. */
export function translate(input: DescribeInput): Translations {
  if (input.moments.length === 0) return {};
  const { title, summary, timeline } = describe(input, tellingDe);
  return { de: { title, summary, timeline } };
}

/** English where the digest has no other. */
export function wordingIn(digest: Wording & { translations: Translations }, language: Language): Wording {
  return (language === "en" ? undefined : digest.translations[language]) ?? digest;
}
