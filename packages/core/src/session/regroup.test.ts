import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { join } from "./join.ts";
import { type Regroupable, regroup } from "./regroup.ts";

const bounds = { gapMs: 30_000, lengthMsMax: 15 * 60_000 };
const noon = Date.UTC(2026, 5, 1, 12);
const at = (seconds: number) => new Date(noon + seconds * 1000);

function session(id: string, first: number, last: number, more: Partial<Regroupable> = {}): Regroupable {
  return { id, firstEventAt: at(first), lastEventAt: at(last), state: "open", reviewed: false, ...more };
}

/** Plays events in an order of arrival: joined, opened, and regrouped as the flow does it. */
function play(seconds: readonly number[], { gapMs, lengthMsMax } = bounds): string[] {
  let sessions: Regroupable[] = [];
  for (const [index, second] of seconds.entries()) {
    const answer = join(sessions, at(second), { gapMs, lengthMsMax });
    if (answer.kind === "open") {
      sessions.push(session(`s${index}`, second, second));
      continue;
    }
    sessions = sessions.map((one) => (one.id === answer.sessionId ? grown(one, second, second) : one));
    if (!answer.bridges) continue;
    for (const { survivorId, absorbedIds } of regroup(sessions, { gapMs, lengthMsMax })) {
      const absorbed = sessions.filter((one) => absorbedIds.includes(one.id));
      sessions = sessions
        .filter((one) => !absorbedIds.includes(one.id))
        .map((one) =>
          one.id === survivorId ? absorbed.reduce((whole, part) => merged(whole, part), one) : one,
        );
    }
  }
  return sessions
    .map(({ firstEventAt, lastEventAt }) => `${secondOf(firstEventAt)}-${secondOf(lastEventAt)}`)
    .toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}

const secondOf = (instant: Date) => (instant.getTime() - noon) / 1000;

function grown(one: Regroupable, first: number, last: number): Regroupable {
  return {
    ...one,
    firstEventAt: at(Math.min(secondOf(one.firstEventAt), first)),
    lastEventAt: at(Math.max(secondOf(one.lastEventAt), last)),
  };
}

function merged(one: Regroupable, other: Regroupable): Regroupable {
  return grown(one, secondOf(other.firstEventAt), secondOf(other.lastEventAt));
}

describe("regroup", () => {
  it("joins neighbours within the gap, and leaves the others apart", () => {
    const sessions = [session("c", 200, 210), session("a", 0, 40), session("b", 70, 90)];
    assert.deepEqual(regroup(sessions, bounds), [{ survivorId: "a", absorbedIds: ["b"] }]);
    assert.deepEqual(regroup([session("a", 0, 40), session("b", 71, 90)], bounds), []);
  });

  it("keeps the one that was reviewed, and two that were reviewed apart", () => {
    const told = { state: "closed", reviewed: true } as const;
    assert.deepEqual(regroup([session("a", 0, 40), session("b", 70, 90, told)], bounds), [
      { survivorId: "b", absorbedIds: ["a"] },
    ]);
    assert.deepEqual(regroup([session("a", 0, 40, told), session("b", 70, 90, told)], bounds), []);
  });

  it("keeps an open one before a closed one, and the oldest of equals", () => {
    const closed = session("a", 0, 40, { state: "closed" });
    assert.deepEqual(regroup([closed, session("c", 50, 60), session("b", 70, 90)], bounds), [
      { survivorId: "b", absorbedIds: ["c", "a"] },
    ]);
  });

  it("makes no session longer than may be", () => {
    assert.deepEqual(regroup([session("a", 0, 500), session("b", 520, 901)], bounds), []);
    assert.equal(regroup([session("a", 0, 500), session("b", 520, 900)], bounds).length, 1);
  });

  const arrivals: readonly [seconds: number[], gapSeconds: number, expected: string[]][] = [
    [[8, 0, 4, 2, 6], 2, ["0-8"]],
    [[0, 8, 4, 6, 2], 2, ["0-8"]],
    [[10, 0, 5], 5, ["0-10"]],
    [[0, 60, 30], 30, ["0-60"]],
    [[0, 100, 50, 25, 75], 30, ["0-100"]],
    [[9, 7, 5, 3, 1, 8, 6, 4, 2], 1, ["1-9"]],
    [[0, 61, 30], 30, ["0-30", "61-61"]],
  ];
  for (const [seconds, gapSeconds, expected] of arrivals) {
    it(`makes ${expected.join(" and ")} of seconds ${seconds.join(", ")} at a gap of ${gapSeconds} s`, () => {
      assert.deepEqual(play(seconds, { ...bounds, gapMs: gapSeconds * 1000 }), expected);
    });
  }

  it("makes the same sessions of the same events in whatever order they come", () => {
    fc.assert(
      fc.property(
        // Shorter together than the longest session, so that only the gaps part them.
        fc
          .uniqueArray(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 25 })
          .chain((list) =>
            fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
          ),
        ([inOneOrder, inAnother]) => {
          assert.deepEqual(play(inOneOrder), play(inAnother));
          const sorted = inOneOrder.toSorted((a, b) => a - b);
          const clusters = sorted.filter((value, index) => value - (sorted[index - 1] ?? -1e9) > 30);
          assert.equal(play(inOneOrder).length, clusters.length);
        },
      ),
    );
  });
});
