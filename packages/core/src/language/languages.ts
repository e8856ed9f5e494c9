/** The languages that Vigil speaks, and which of them somebody is answered in. Without a schema, so that the console runs it. */

/** Each under its own name, by its code in BCP 47. A third begins here: docs/languages.md. */
export const languageNames = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof languageNames;

export const languages = Object.keys(languageNames) as readonly Language[] as readonly [
  Language,
  ...Language[],
];

/** What nobody chose otherwise. */
export const defaultLanguage: Language = "en";

/** A header with more than this in it is nobody's. */
const rangesMax = 20;

/**
 * The one that somebody likes best of those that Vigil speaks (Accept-Language, RFC 9110 section 12.5.4): `de-AT` is
 * German; what is asked for with `q=0` is not given.
 * @returns undefined where the header is missing or names none of them; `*` names none
 */
export function languageOf(acceptLanguage: string | undefined): Language | undefined {
  const wanted = (acceptLanguage ?? "")
    .split(",", rangesMax)
    .flatMap((range) => {
      const [tag = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
      const language = languages.find((known) => known === tag.split("-")[0]);
      const quality = qualityOf(parameters);
      return language === undefined || quality <= 0 ? [] : [{ language, quality }];
    })
    // The sort is stable: of equals the first is meant.
    .toSorted((a, b) => b.quality - a.quality);
  return wanted[0]?.language;
}

/** 0 to 1; 1 where none is said, and 0 where what is said is none. */
function qualityOf(parameters: readonly string[]): number {
  const said = parameters.find((parameter) => parameter.startsWith("q="));
  if (said === undefined) return 1;
  const quality = Number(said.slice(2));
  return quality >= 0 && quality <= 1 ? quality : 0;
}
