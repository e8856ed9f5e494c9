import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Moment } from "../api/contract.ts";
import { alternative, badge, inOrder, outcome } from "./outcome.ts";

function moment(id: string, second: number, rest: Partial<Moment> = {}): Moment {
  return {
    id,
    outcome: "reviewed",
    detections: [],
    capturedAt: new Date(Date.UTC(2026, 10, 20, 18, 0, second)).toISOString(),
    zone: "front_door",
    deviceId: "dev",
    eventId: "evt",
    ...rest,
  };
}

const person = {
  label: "person",
  confidence: 0.9,
  box: [0, 0, 0.5, 0.5] as [number, number, number, number],
};
const first = moment("a", 1, { detections: [person, person, { ...person, label: "car" }] });
const copy = moment("b", 2, { outcome: "duplicate", duplicateOf: "a" });

describe("outcomes in words", () => {
  it("numbers pictures in the order in which they were taken, whatever the order of the answer", () => {
    assert.deepEqual(
      inOrder([copy, first]).map(({ id }) => id),
      ["a", "b"],
    );
  });

  it("says which picture a duplicate resembles", () => {
    assert.equal(outcome(copy, [first, copy]), "As in picture 1: nearly the same, so not looked at twice.");
    assert.equal(badge(copy, [first, copy]), "as 1");
    assert.equal(outcome(copy, [copy]), "Nearly the same as another picture.");
  });

  it("is honest about pictures that were not looked at", () => {
    assert.equal(outcome(moment("c", 3, { outcome: "early_exit" }), []), "Nothing in it.");
    assert.equal(
      outcome(moment("c", 3, { outcome: "unreadable", reason: "the file is cut." }), []),
      "Could not be read: the file is cut.",
    );
    assert.equal(outcome(moment("c", 3, { outcome: "missing" }), []), "The picture is missing.");
    assert.match(outcome(moment("c", 3, { outcome: "deferred" }), []), /^Not looked at yet/);
  });

  it("describes a picture from what was seen, where and when", () => {
    assert.equal(
      alternative(first, [first, copy], "Europe/Berlin"),
      "Picture 1 of 2, front door, 19:00:01. 2 people and 1 car.",
    );
  });
});
