/** The mails of an erasure, in the language of each reader. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { writeErasureMail } from "./write-mail.ts";

const english = /\b(?:the|is|are|of|and|not|you|your|this|that|with|were|account|erased)\b/i;
const asked = {
  kind: "asked",
  accountName: "Nord & Süd",
  beginsAt: new Date("2026-06-01T14:05:00Z"),
  page: "https://vigil.example/settings",
} as const;
const erased = {
  kind: "erased",
  doneAt: new Date("2026-06-02T14:05:00Z"),
  note: "vigil/erasure\n1\n",
  page: "https://vigil.example/erasure#era_1",
} as const;

describe("a mail of an erasure", () => {
  for (const told of [asked, erased]) {
    it(`says in German, and in German alone, that the account is ${told.kind}`, () => {
      const about = { id: "era_1", origin: "https://vigil.example", told };
      const [german, other] = (["de", "en"] as const).map((language) =>
        writeErasureMail({ address: "ada@example.com", language }, about),
      );
      const { subject, text, html } = german ?? assert.fail("expected a mail");
      const receipt = told.kind === "erased" ? told.note : "";
      for (const part of [subject, text, html.replaceAll(/<[^>]+>/g, " ")]) {
        assert.doesNotMatch(part.replace(receipt, "").replaceAll(/https?:\S+/g, ""), english, part);
      }
      assert.match(html, /^<!doctype html><html lang="de">/);
      assert.match(text, /[12]\. Juni 2026 um 14:05 UTC/);
      assert.match(other?.text ?? "", english);
      for (const kept of [told.page, receipt]) assert.ok(text.includes(kept) && other?.text.includes(kept));
      assert.equal(german?.messageId, other?.messageId);
    });
  }

  it("escapes the account's name", () => {
    const { html } = writeErasureMail(
      { address: "ada@example.com", language: "de" },
      { id: "era_1", origin: "https://vigil.example", told: asked },
    );
    assert.match(html, /„Nord &amp; Süd“/);
  });
});
