import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { InboxDigest } from "../api/contract.ts";
import { withNewest, withOlder, withReading } from "./grow-inbox.ts";

function digest(hour: number, unread = true): InboxDigest {
  const occurredAt = new Date(Date.UTC(2026, 10, 20, hour)).toISOString();
  return { id: `dig_${String(hour).padStart(2, "0")}`, occurredAt, unread } as InboxDigest;
}
const page = (hours: number[], nextCursor: string | null) => ({
  items: hours.map((hour) => digest(hour)),
  nextCursor,
});
const hoursOf = (inbox: { digests: readonly InboxDigest[] }) =>
  inbox.digests.map(({ id }) => Number(id.slice(4)));

describe("an inbox that grows", () => {
  const first = withNewest(undefined, page([20, 19, 18], "c18"));
  const whole = withOlder(first, page([17, 16], "c16"), "c18");

  it("goes on where the newest page ends, and keeps its place when a new digest comes", () => {
    assert.deepEqual(hoursOf(whole), [20, 19, 18, 17, 16]);
    const grown = withNewest(whole, page([21, 20, 19], "c19"));
    assert.deepEqual(hoursOf(grown), [21, 20, 19, 18, 17, 16]);
    assert.equal(grown.nextCursor, "c16");
  });

  it("drops what the newest page should hold and does not", () => {
    assert.deepEqual(hoursOf(withNewest(whole, page([20, 18, 17], "c17"))), [20, 18, 17, 16]);
    assert.deepEqual(hoursOf(withNewest(whole, page([20], null))), [20]);
    assert.deepEqual(hoursOf(withNewest(whole, page([], null))), []);
  });

  it("begins anew when so many came that what lies between is not known", () => {
    const anew = withNewest(whole, page([30, 29, 28], "c28"));
    assert.deepEqual([hoursOf(anew), anew.nextCursor], [[30, 29, 28], "c28"]);
  });

  it("takes an older page once, and none that was asked for elsewhere", () => {
    assert.equal(withOlder(whole, page([17, 16], "c16"), "c18"), whole);
    assert.deepEqual(hoursOf(withOlder(whole, page([16, 15], null), "c16")), [20, 19, 18, 17, 16, 15]);
  });

  it("puts a late one in its place", () => {
    assert.deepEqual(hoursOf(withOlder(whole, page([15, 19], null), "c16")), [20, 19, 18, 17, 16, 15]);
  });

  it("knows what has been read since it was asked", () => {
    const read = withReading(whole, ({ id }) => (id === "dig_19" ? true : undefined));
    assert.deepEqual(
      read.digests.filter(({ unread }) => !unread).map(({ id }) => id),
      ["dig_19"],
    );
  });
});
