/** What the API is sent: JSON, cursors, texts, and what workers report. */
import { readFileSync } from "node:fs";
import { TextInput } from "@vigil/core/check/wire";
import { DigestReport } from "@vigil/core/digest/wire";
import { EventInput } from "@vigil/core/event/wire";
import { check as limits } from "@vigil/core/limits";
import { pageOf, parseCursor } from "@vigil/core/page";
import { Problem } from "@vigil/core/problem";
import { EvidenceUrlsRequest, FailureReport, Heartbeat } from "@vigil/core/worker/wire";
import { matched, parseBounded } from "../../../functions/src/api/body.ts";
import { readBatch } from "../../../functions/src/api/event-body.ts";
import { lookAtText } from "../../../packages/core/src/flow/check/look.ts";
import { ending, jsonOf, type Target, texts } from "../target.ts";

export const golden = (name: string) =>
  readFileSync(new URL(`../../../packages/core/golden/${name}`, import.meta.url));

/** A refusal that the asker is told of. */
export const isProblem = (error: unknown) => error instanceof Problem && error.status < 500;

export const events: Target = {
  bytesMax: 32_768,
  tokens: [
    '"occurredAt":',
    '"evidence":[',
    '"attributes":{',
    "[[[[",
    '{"a":',
    "2026-06-01T21:14:05.120+14:00",
    "],",
  ],
  seeds: () => [
    golden("event.v1.json"),
    Buffer.from(`{"events":[${golden("event.v1.json").toString()},{"id":"1"},null,7]}`),
    ...texts(
      '{"id":"a","type":"person","occurredAt":"2026-06-01T21:14:05.120Z","zone":"Haustür"}',
      "[]",
      '{"events":{}}',
    ),
  ],
  open: () => ({
    async take(input) {
      const one = await ending(() => matched(EventInput, parseBounded(input.toString())), isProblem);
      const many = await ending(() => {
        for (const read of readBatch(parseBounded(input.toString()))) void readOrProblem(read);
      }, isProblem);
      return one === "taken" ? one : many;
    },
  }),
};

function readOrProblem<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isProblem(error)) return undefined;
    throw error;
  }
}

export const cursors: Target = {
  bytesMax: 2_048,
  tokens: ["evt_", "dig_", Buffer.from("evt_").toString("base64url"), "=", "==", "-", "_"],
  seeds: () => {
    const ids = ["evt", "dig", "ses"].map((kind) => `${kind}_${"0123456789abcdef".repeat(2)}`);
    const cursorOf = (id: string) => pageOf([{ id }, { id }], 1).nextCursor ?? "";
    return texts(...ids.map(cursorOf), "", "x");
  },
  open: () => ({
    take: (input) =>
      ending(() => {
        const text = input.toString();
        const id = parseCursor("event", text);
        // What is let through goes into a statement: it is an id, and nothing but one.
        if (id === undefined || !/^evt_[0-9a-f]{32}$/.test(id)) throw new Error(`took ${JSON.stringify(id)}`);
      }, isProblem),
  }),
};

export const reports: Target = {
  bytesMax: 32_768,
  tokens: [
    '"detections":[',
    '"box":[0,0,1,1]',
    '"confidence":',
    '"outcome":"reviewed"',
    '"v":2',
    '"retryable":',
  ],
  seeds: () =>
    ["digest-report.v1.json", "heartbeat.v1.json", "failure-report.v1.json"].map((name) => golden(name)),
  open: () => ({
    async take(input) {
      const schemas = [DigestReport, Heartbeat, FailureReport, EvidenceUrlsRequest];
      const value = jsonOf(input);
      let taken = false;
      for (const schema of schemas) {
        taken ||= readOrProblem(() => matched(schema, value)) !== undefined;
      }
      return taken ? "taken" : "refused";
    },
  }),
};

export const checkedTexts: Target = {
  bytesMax: 65_536,
  tokens: [
    '{"text":"',
    '"label":"',
    "\\u202e",
    "\\u200b",
    "\\ud800",
    "As an AI language model",
    "…",
    "—",
    "aaaaaaaaaaaa",
    " a",
  ],
  seeds: () =>
    texts(
      '{"text":"The words to be checked.","label":"letter 12"}',
      `{"text":${JSON.stringify("The old harbour lay quiet, and nobody asked why. ".repeat(60))}}`,
      '{"text":"Gr\\u00fc\\u00dfe \\u200b\\u202eaus K\\u00f6ln \\ud83d\\ude00"}',
    ),
  open() {
    return {
      take: (input) =>
        ending(() => {
          const { text } = matched(TextInput, parseBounded(input.toString()));
          if (text.length > limits.textCharsMax) return;
          lookAtText({ textHead: undefined }, text);
        }, isProblem),
    };
  },
};
