/** All that the console says, in English and in German, side by side. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { german } from "../src/words/de/index.ts";

const sources = path.join(import.meta.dirname, "../src");

/** The English texts of each part, by its name. */
export async function englishParts(): Promise<Map<string, object>> {
  const files = (await readdir(sources, { recursive: true })).filter((file) =>
    /(?:^|\/)say(?:-\w+)?\.ts$/.test(file),
  );
  const parts = await Promise.all(
    files.map(async (file): Promise<[string, object]> => {
      const text = await readFile(path.join(sources, file), "utf8");
      const part = /spoken\("([\w-]+)"/.exec(text)?.[1];
      assert.ok(part, `expected texts of a part in ${file}`);
      const { say, everywhere } = (await import(path.join(sources, file))) as Record<string, object>;
      return [part, say ?? everywhere ?? {}];
    }),
  );
  return new Map(parts);
}

/** Each text beside the one that stands in the same place of `other`. */
export function pairsOf(
  english: object,
  other: object,
  at: string,
): { at: string; english: unknown; other: unknown }[] {
  return Object.entries(english).flatMap(([key, value]: [string, unknown]) => {
    const beside = (other as Record<string, unknown>)[key];
    if (typeof value === "object" && value !== null) {
      return pairsOf(value, beside ?? {}, `${at}.${key}`);
    }
    return { at: `${at}.${key}`, english: value, other: beside };
  });
}

/** What the console says in German where it says this in English; what it does not know, as it is: names, and what the API tells. */
export async function readGerman(): Promise<(english: string) => string> {
  const known = new Map<string, string>();
  for (const [part, english] of await englishParts()) {
    for (const pair of pairsOf(english, german[part as keyof typeof german], part)) {
      if (typeof pair.english === "string") known.set(pair.english, String(pair.other));
    }
  }
  return (english) => known.get(english) ?? english;
}
