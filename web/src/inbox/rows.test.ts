import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { InboxDigest } from "../api/contract.ts";
import { rowsOf } from "./rows.ts";

const digest = (date: number, hour: number) =>
  ({
    id: `dig_${date}_${hour}`,
    occurredAt: new Date(Date.UTC(2026, 10, date, hour)).toISOString(),
  }) as InboxDigest;
const digests = [digest(20, 18), digest(20, 17), digest(20, 16), digest(20, 15), digest(19, 9)];
const now = Date.parse("2026-11-20T19:00:00Z");

function shapeOf(columns: 1 | 2) {
  return rowsOf(digests, { columns, timeZone: "Europe/London", now }).map((row) =>
    row.kind === "day" ? row.name : `${row.digests.length}${row.leading ? " leading" : ""}`,
  );
}

describe("the rows of the list", () => {
  it("has the newest alone, then two and two, never across a day", () => {
    assert.deepEqual(shapeOf(2), ["Today", "1 leading", "2", "1", "Yesterday", "1"]);
  });

  it("has one in a row on a narrow screen", () => {
    assert.deepEqual(shapeOf(1), ["Today", "1 leading", "1", "1", "1", "Yesterday", "1"]);
  });

  it("has none of nothing", () => {
    assert.deepEqual(rowsOf([], { columns: 2, timeZone: "Europe/London", now }), []);
  });
});
