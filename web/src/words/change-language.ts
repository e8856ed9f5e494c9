/** Another language: the page is loaded anew in it, and asks for everything again. */
import type { Language } from "@vigil/core/language/languages";
import { keepLanguage } from "./language.ts";
import { spokenLanguage } from "./spoken.ts";

export function changeLanguage(language: Language): void {
  if (language !== spokenLanguage() && keepLanguage(localStorage, language)) location.reload();
}
