/** The language that somebody is told things in. */
import * as z from "zod";
import { languages } from "./languages.ts";

export { defaultLanguage, languageNames, languageOf, languages } from "./languages.ts";

export const Language = z
  .enum(languages)
  .meta({ id: "Language", description: "A language that Vigil speaks, by its code in BCP 47." });
export type Language = z.infer<typeof Language>;
