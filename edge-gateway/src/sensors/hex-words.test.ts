import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readHex } from "./hex-words.ts";

const target = Buffer.alloc(1_668);
const digits = "0123456789abcdefABCDEF";

describe("hexadecimal words", () => {
  it("reads every length of whole words as the digits say, in either case, and nothing of what stands beside them", () => {
    for (let words = 1; words <= 834; words++) {
      const text = Array.from(
        { length: 4 * words },
        (_, at) => digits[(at * 7 + words) % digits.length],
      ).join("");
      const buffer = Buffer.from(`zz${text}!z`);
      assert.equal(readHex(buffer, 2, 2 + text.length, target), words);
      assert.equal(target.toString("hex", 0, 2 * words), text.toLowerCase());
    }
  });

  it("takes each of the 256 bytes for a digit only if it is one, wherever it stands", () => {
    for (let byte = 0; byte < 256; byte++) {
      for (const at of [0, 7, 15, 16, 3_071]) {
        const buffer = Buffer.alloc(3_072, "0");
        buffer[at] = byte;
        const isDigit = digits.includes(String.fromCharCode(byte));
        assert.equal(readHex(buffer, 0, buffer.length, target), isDigit ? 768 : -1, `byte ${byte} at ${at}`);
      }
    }
  });
});
