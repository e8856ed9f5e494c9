import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { DigestSummary } from "../api/contract.ts";
import { mergeDigests } from "./merge-digests.ts";

function digest(id: string, hour: number, title = ""): DigestSummary {
  return { id, title, occurredAt: new Date(Date.UTC(2026, 10, 20, hour)).toISOString() } as DigestSummary;
}

describe("merging pages of digests", () => {
  it("has each digest once, as the later page has it, newest first", () => {
    const merged = mergeDigests(
      [digest("b", 12, "old"), digest("a", 9)],
      [digest("c", 15), digest("b", 12, "new")],
    );
    assert.deepEqual(
      merged.map(({ id, title }) => [id, title]),
      [
        ["c", ""],
        ["b", "new"],
        ["a", ""],
      ],
    );
  });
});
