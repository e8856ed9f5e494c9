import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Provenance } from "../authenticity/wire.ts";
import { check as limits } from "../limits-check.ts";
import { decideClaim } from "./decide-claim.ts";
import { findTextMarks } from "./find-text-marks.ts";
import { judgeDeclared } from "./judge-declared.ts";

const codesOf = (text: string) => findTextMarks(text).map(({ code }) => code);

describe("what can be seen in a text", () => {
  it("finds nothing in ordinary texts of many scripts", () => {
    for (const text of [
      "It was 5 kΩ and 3 μm — naïve façade, “quoted”, it's fine. 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️",
      "می‌خواهم بدانم", // Persian needs its joiners.
      "क्‍ष और नमस्ते",
      "Это обычный текст, and this is English.",
      "\ufeffSaved by a program that marks the order of bytes.",
    ]) {
      assert.deepEqual(codesOf(text), [], text);
    }
  });

  it("finds what nobody sees, what is not what it looks like, and what an assistant leaves", () => {
    const hidden = Buffer.from("hidden").reduce(
      (tags, byte) => tags + String.fromCodePoint(0xe0000 + byte),
      "",
    );
    assert.deepEqual(codesOf("one\u200btwo"), ["hidden-characters"]);
    assert.deepEqual(codesOf(`plain${hidden}`), ["hidden-message"]);
    assert.deepEqual(codesOf("a \u202egnp.exe"), ["direction-controls"]);
    assert.deepEqual(codesOf("p\u0430ypal"), ["mixed-alphabets"]);
    assert.deepEqual(codesOf("see https://example.com/?utm_source=chatgpt.com"), ["assistant-marks"]);
    assert.deepEqual(codesOf("As an AI language model, I cannot say."), ["assistant-phrase"]);
  });

  it("takes any text of the greatest length in bounded time", () => {
    const worst = ["a", "\u0301", "\u200b", "【1", "contentReference[", "\u{e0061}", "🏴"];
    for (const part of worst) {
      const text = part.repeat(limits.textCharsMax / part.length);
      const began = process.cpuUsage();
      findTextMarks(text);
      assert.ok(process.cpuUsage(began).user / 1000 < 2_000, part);
    }
  });
});

describe("what a file says of its own origin", () => {
  const of = (part: Partial<Provenance>): Provenance => ({ status: "absent", codes: [], ...part });

  it("is a signed statement's word before what anybody can have written", () => {
    const sourceTypes = ["trainedAlgorithmicMedia"];
    const signed = of({ status: "trusted", sourceTypes, sourceTypesBy: "manifest" });
    assert.deepEqual(judgeDeclared(signed, []), {
      status: "generated",
      by: "signed-manifest",
      says: sourceTypes,
    });
    const expired = of({ status: "legacy-or-expired", sourceTypes, sourceTypesBy: "manifest" });
    assert.equal(judgeDeclared(expired, []).by, "metadata");
    const camera = of({ status: "trusted", sourceTypes: ["digitalCapture"], sourceTypesBy: "manifest" });
    assert.equal(judgeDeclared(camera, []).status, "captured");
  });

  it("is nothing where it was altered, or says nothing", () => {
    const sourceTypes = ["trainedAlgorithmicMedia"];
    for (const status of ["manifest-altered", "content-changed"] as const) {
      assert.equal(
        judgeDeclared(of({ status, sourceTypes, sourceTypesBy: "manifest" }), []).status,
        "silent",
      );
    }
    assert.deepEqual(judgeDeclared(of({}), []), { status: "silent", says: [] });
    assert.deepEqual(judgeDeclared(null, []), { status: "silent", says: [] });
  });
});

describe("whether checks may be claimed", () => {
  it("refuses exactly what would pass the day's points or the minute's checks, and says when to come back", () => {
    const now = new Date("2026-06-15T12:00:00Z");
    const day = { start: new Date("2026-06-14T23:00:00Z"), end: new Date("2026-06-15T23:00:00Z") };
    const amount = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(amount, amount, amount, amount, (spentToday, points, inMinute, checks) => {
        const freeAt = new Date(now.getTime() + 30_000);
        const spent = { pointsMax: 100, spentToday, inMinute, freeAt, now, day };
        const refused = decideClaim(spent, { checks, points });
        const isOver = inMinute + checks > limits.perMinuteMax;
        assert.equal(refused === undefined, !isOver && spentToday + points <= 100);
        if (refused) assert.equal(refused.retryAfterSeconds, isOver ? 30 : 11 * 3600);
      }),
    );
  });
});
