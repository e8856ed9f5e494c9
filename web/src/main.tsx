/** Starts the console: chooses its language, and only then loads what has texts. */
import { languageFor } from "./words/language.ts";
import { locale, speak } from "./words/spoken.ts";

/** Whoever reads English loads no other language. */
async function start(): Promise<void> {
  const language = languageFor(localStorage, navigator.languages);
  speak(language, language === "de" ? (await import("./words/de/index.ts")).german : undefined);
  document.documentElement.lang = locale();
  const { show } = await import("./shell/show.tsx");
  show();
}

void start();
