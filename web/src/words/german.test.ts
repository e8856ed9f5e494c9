import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { englishParts, pairsOf } from "../../testing/texts.ts";
import { german } from "./de/index.ts";

type Message = (...values: unknown[]) => unknown;

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
