/** Hashes that are stored: what was recorded once must be known again for ever, whatever the code becomes. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import * as Digest from "../src/digest/index.ts";
import { DigestReport } from "../src/digest/wire.ts";
import { EventInput } from "../src/event/wire.ts";
import { incomingOf } from "../src/flow/intake/incoming.ts";

const golden = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** The same JSON with the keys of every object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, part]) => [name, turned(part)]),
  );
}

describe("the stored hash", () => {
  it("of a report is what it was, whatever the order of its keys", () => {
    const report = DigestReport.parse(JSON.parse(golden("digest-report.v1.json")));
    for (const one of [report, turned(report) as DigestReport]) {
      assert.equal(
        hex(Digest.hashOf(one)),
        "2923c93da920ca39dc1874b0aaa04ceec62d6e0c71674e41e239547fe6947762",
      );
      // As reports were known before consents.
      const before = Buffer.from("2ee2608e448fd96a409d9155f71b68f4681e2b1c0983cc83b9b6c5aeef2b0d10", "hex");
      assert.equal(Digest.isKnownBy(one, before), true);
      assert.equal(Digest.isKnownBy({ ...one, part: one.part + 1 }, before), false);
    }
  });

  it("of an event is what it was, in whatever order its evidence is named", () => {
    const input = EventInput.parse(JSON.parse(golden("event.v1.json")));
    for (const evidence of [input.evidence, input.evidence?.toReversed()]) {
      assert.equal(
        hex(incomingOf({ key: "", input: { ...input, evidence } }, new Date()).fingerprint),
        "05c8f8277b1299586ace03443d0d0cfb4536a929361a5cf3e8fde6d3a3722dbc",
      );
    }
  });
});
