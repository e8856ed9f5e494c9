import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { keepLanguage, languageFor } from "./language.ts";

function storage(): Pick<Storage, "getItem" | "setItem"> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

const broken: Pick<Storage, "getItem" | "setItem"> = {
  getItem: () => {
    throw new DOMException("", "SecurityError");
  },
  setItem: () => {
    throw new DOMException("", "QuotaExceededError");
  },
};

describe("the language of the console", () => {
  it("is what the browser asks for, as far as there is such a one", () => {
    assert.equal(languageFor(storage(), ["de-AT", "en"]), "de");
    assert.equal(languageFor(storage(), ["fr", "de"]), "de");
    assert.equal(languageFor(storage(), ["fr"]), "en");
    assert.equal(languageFor(storage(), []), "en");
  });

  it("is what was chosen, whatever the browser asks for", () => {
    const kept = storage();
    assert.equal(keepLanguage(kept, "en"), true);
    assert.equal(languageFor(kept, ["de"]), "en");
  });

  it("is the browser's where nothing can be kept, and says that it was not", () => {
    assert.equal(keepLanguage(broken, "de"), false);
    assert.equal(languageFor(broken, ["de"]), "de");
  });
});
