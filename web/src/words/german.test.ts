import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import { german } from "./de/index.ts";

const sources = path.join(import.meta.dirname, "..");

/** The English texts of each part, by its name. */
async function englishParts(): Promise<Map<string, object>> {
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

type Message = (...values: unknown[]) => unknown;

function pairsOf(
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

/** Values that are told apart in any text, as numbers or as words. */
const values = [211, 322, 433, 544];
const valuesIn = (text: unknown) => values.filter((value) => String(text).includes(String(value)));

/** What means something else than a text, or is bound to names of the API. */
const others = new Set([
  "people.invites",
  "device.callsItself",
  "inbox.understood",
  "delivery.attempt",
  "plan.price",
]);

describe("German", () => {
  it("has every part and every text", async () => {
    const parts = await englishParts();
    assert.deepEqual(Object.keys(german).toSorted(), [...parts.keys()].toSorted());
    for (const [part, english] of parts) {
      for (const pair of pairsOf(english, german[part as keyof typeof german], part)) {
        assert.equal(typeof pair.other, typeof pair.english, pair.at);
        if (typeof pair.other === "string") assert.notEqual(pair.other.trim(), "", pair.at);
      }
    }
  });

  it("tells every value that English tells", async () => {
    let told = 0;
    for (const [part, english] of await englishParts()) {
      for (const pair of pairsOf(english, german[part as keyof typeof german], part)) {
        if (typeof pair.english !== "function" || others.has(pair.at)) continue;
        let said: unknown;
        try {
          said = (pair.english as Message)(...values);
        } catch {
          // It takes values of another kind.
          continue;
        }
        if (typeof said !== "string") continue;
        told += 1;
        assert.deepEqual(valuesIn((pair.other as Message)(...values)), valuesIn(said), pair.at);
      }
    }
    assert.ok(told > 100, `expected more messages with values than ${told}`);
  });

  it("says Sie, and never du", () => {
    const said = pairsOf(german, {}, "").map(({ english }) => english);
    for (const text of said) {
      if (typeof text === "string") assert.doesNotMatch(text, /\b(?:du|dich|dir|dein\w*)\b/i);
    }
  });
});
