/** Which language the console speaks: what was chosen in this browser, or else what the browser asks for. */
import { defaultLanguage, type Language, languageOf } from "@vigil/core/language/languages";

const storageKey = "vigil.language";

type Storage = Pick<globalThis.Storage, "getItem" | "setItem">;

/** @param wanted what the browser asks for, the best first */
export function languageFor(storage: Storage, wanted: readonly string[]): Language {
  return languageOf(kept(storage) ?? wanted.join(",")) ?? defaultLanguage;
}

/** @returns false where the browser keeps nothing: then nothing changes */
export function keepLanguage(storage: Storage, language: Language): boolean {
  try {
    storage.setItem(storageKey, language);
  } catch {
    return false;
  }
  return kept(storage) === language;
}

function kept(storage: Storage): string | undefined {
  try {
    return storage.getItem(storageKey) ?? undefined;
  } catch {
    return undefined;
  }
}
