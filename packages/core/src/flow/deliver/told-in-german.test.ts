/** Every kind of mail and push in German: nothing in English is left in them. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { frozen, open } from "../../assessment/evenings.ts";
import { judgeScenario } from "../../assessment/read-scenario.ts";
import { scenarios } from "../../assessment/scenarios.ts";
import { reportedDe } from "../../delivery/reported-de.ts";
import type { DeliveryKind } from "../../endpoint/wire.ts";
import { languages } from "../../language/wire.ts";
import { type Level, levels } from "../../level.ts";
import { textIn } from "../read/tell-in.ts";
import { payloadOf } from "./channel-push.ts";
import { endpointWords } from "./endpoint-words.ts";
import type { Said } from "./tell.ts";
import { sayTrouble } from "./tell-trouble.ts";
import { sayUsage } from "./tell-usage.ts";
import { writeEmail } from "./write-email.ts";

const english =
  /\b(?:the|is|are|of|and|not|you|your|this|that|pictures?|open|confirm|stop|where|when|level|seen|at|nothing|nobody|again|with|because|these|since|about|low|standard|elevated|critical|it|its)\b/i;

function messageOf(kind: DeliveryKind, level: Level, { title, summary, recommendation = null }: Said) {
  return {
    id: `dlv_${"0".repeat(32)}`,
    type: `vigil.${kind}.v1`,
    subject: `ses_${"0".repeat(32)}`,
    data: {
      level,
      title,
      summary: [...summary],
      occurredAt: "2026-10-25T01:30:00.000Z",
      site: { id: `sit_${"0".repeat(32)}`, name: "Nordhaus" },
      zones: ["front_door", "back_garden"],
      seen: {},
      recommendation,
      thread: "t",
      rings: true,
      links: { console: "http://k.test/x", api: null },
    },
  };
}

/** What its reader sees. */
function readOf(kind: DeliveryKind, level: Level, said: Said): string[] {
  const message = messageOf(kind, level, said);
  const unsubscribe = kind === "confirm" ? null : "http://k.test/y";
  const around = { timeZone: "Europe/Berlin", pictures: level === "low" ? 1 : 2, unsubscribe };
  const { subject, text, html } = writeEmail({ language: "de", message }, around);
  const { title, body } = payloadOf(message, null);
  const alts = [...html.matchAll(/alt="([^"]+)"/g)].map(([, alt = ""]) => alt);
  const shown = html.replace(/<style>.*?<\/style>/s, "").replaceAll(/<[^>]+>/g, " ");
  assert.match(html, /^<!doctype html>\n<html lang="de">/);
  assert.match(text, /Wann: 25\.10\.2026, 02:30/);
  assert.match(text, /Wo: Nordhaus, Haustür, hinterer Garten/);
  return [subject, text, shown, ...alts, title, body];
}

function assertGerman(kind: DeliveryKind, level: Level, said: Said) {
  for (const part of readOf(kind, level, said)) {
    const words = part.replaceAll(/https?:\S+/g, "");
    assert.doesNotMatch(words, english, words);
  }
}

describe("mails and pushes in German", () => {
  it("tell of every scenario and evening", () => {
    for (const evening of [...scenarios, ...open, ...frozen]) {
      const { level, summary, reasons, recommendation } = judgeScenario(evening);
      assertGerman("assessment", level, {
        title: textIn("de", summary),
        summary: reasons.map(({ text }) => textIn("de", text)),
        recommendation: textIn("de", recommendation),
      });
    }
  });

  it("tell of every trouble of a device and of a sensor, with when it was heard last", () => {
    for (const kind of ["silent", "blind", "blurred", "overexposed", "frozen", "clock"] as const) {
      for (const state of ["began", "ended"] as const) {
        for (const part of ["", "Keller"]) {
          for (const since of [undefined, new Date("2026-10-24T10:00:00Z")]) {
            const device = { name: "Kamera 1", timeZone: "Europe/Berlin" };
            assertGerman("device", "standard", sayTrouble("de", { kind, part, state, since, ...device }));
          }
        }
      }
    }
    const silent = { kind: "silent", part: "7", state: "began", name: "Zentrale" } as const;
    const since = new Date("2026-10-24T10:00:00Z");
    assert.deepEqual(sayTrouble("de", { ...silent, since, timeZone: "Europe/Berlin" }), {
      title: "Sensor „7“ von „Zentrale“ meldet sich nicht",
      summary: ["Davon ist nichts mehr zu hören. Zuletzt gemeldet: Samstag, 24. Oktober 2026 um 12:00 Uhr."],
    });
  });

  it("tell of allowances and of endpoints", () => {
    assertGerman("usage", "low", sayUsage("de", 5));
    assertGerman("confirm", "low", endpointWords.de.confirm("Familie Vogt"));
    assertGerman("test", "low", endpointWords.de.test());
    for (const reason of [
      "the receiver answered 410 Gone",
      "the browser's subscription has ended",
      "the mail server answered 550",
      "nothing was taken for five days: the mail server did not answer",
      "nothing was taken for five days: the connection failed (ECONNREFUSED)",
      "nothing was taken for five days: the connection failed",
      "nothing was taken for five days: no answer within 15 s",
      "nothing was taken for five days: the address leads to a network that is refused",
      "nothing was taken for five days: the receiver answered 503",
      "nothing was taken for five days: e-mail is not set up on this installation",
      "nothing was taken for five days: web push is not set up on this installation",
    ]) {
      assertGerman("endpoint", "standard", endpointWords.de.switchedOff("Telefon", reason));
    }
    assert.equal(reportedDe("what a library said"), "„what a library said“");
  });

  it("name every level", () => {
    for (const level of levels) {
      for (const kind of ["digest", "addendum", "summary"] as const) {
        assertGerman(kind, level, { title: "Eine Person an der Haustür", summary: [] });
      }
    }
  });

  it("are not what is told in English", () => {
    for (const language of languages.filter((each) => each !== "en")) {
      assert.notDeepEqual(sayUsage(language, 5), sayUsage("en", 5));
      assert.notDeepEqual(endpointWords[language].test(), endpointWords.en.test());
    }
  });
});
