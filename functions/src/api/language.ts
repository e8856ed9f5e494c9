/** In which language somebody is answered. */
import { defaultLanguage, type Language, languageOf } from "@vigil/core/language/languages";
import type { Context } from "hono";

/** What the request asks for, or English. The answer says which, and that it is another for who asks for another. */
export function answerLanguage(c: Context): Language {
  const language = languageOf(c.req.header("accept-language")) ?? defaultLanguage;
  c.header("Content-Language", language);
  c.header("Vary", "Accept-Language");
  return language;
}
