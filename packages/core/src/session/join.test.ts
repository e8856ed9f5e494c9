import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { type JoinableSession, join } from "./join.ts";

const bounds = { gapMs: 30_000, lengthMsMax: 15 * 60_000 };
const noon = Date.UTC(2026, 5, 1, 12);
const at = (seconds: number) => new Date(noon + seconds * 1000);

function session(
  id: string,
  first: number,
  last: number,
  state: JoinableSession["state"] = "open",
): JoinableSession {
  return { id, firstEventAt: at(first), lastEventAt: at(last), state };
}

const sessionArbitrary = fc
  .record({
    first: fc.integer({ min: -2000, max: 2000 }),
    length: fc.integer({ min: 0, max: 900 }),
    state: fc.constantFrom("open" as const, "closed" as const),
  })
  .map(({ first, length, state }) => ({ first, last: first + length, state }));
const sessionsArbitrary = fc
  .array(sessionArbitrary, { maxLength: 8 })
  .map((list) => list.map(({ first, last, state }, index) => session(`ses_${index}`, first, last, state)));

describe("join", () => {
  it("opens a session when none is near", () => {
    assert.deepEqual(join([], at(0), bounds), { kind: "open" });
    assert.deepEqual(join([session("a", -100, -31)], at(0), bounds), { kind: "open" });
  });

  it("joins up to and including the gap, on both sides of the span", () => {
    assert.deepEqual(join([session("a", 0, 60)], at(90), bounds), {
      kind: "join",
      sessionId: "a",
      bridges: false,
    });
    assert.deepEqual(join([session("a", 0, 60)], at(90.001), bounds), { kind: "open" });
    assert.deepEqual(join([session("a", 0, 60)], at(-30), bounds), {
      kind: "join",
      sessionId: "a",
      bridges: false,
    });
    assert.deepEqual(join([session("a", 0, 60)], at(-30.001), bounds), { kind: "open" });
  });

  it("takes a late event into the closed session that it belongs to", () => {
    const sessions = [session("old", 0, 60, "closed"), session("now", 600, 640)];
    assert.deepEqual(join(sessions, at(45), bounds), { kind: "join", sessionId: "old", bridges: false });
    assert.deepEqual(join(sessions, at(80), bounds), { kind: "join", sessionId: "old", bridges: false });
  });

  it("prefers an open session to a nearer closed one", () => {
    const sessions = [session("closed", 0, 60, "closed"), session("open", 95, 100)];
    assert.deepEqual(join(sessions, at(70), bounds), { kind: "join", sessionId: "open", bridges: true });
  });

  it("of several takes the nearest, then the earliest, then the smaller id", () => {
    const near = session("z-near", 80, 100);
    assert.deepEqual(join([session("a-far", 0, 50), near], at(72), bounds), {
      kind: "join",
      sessionId: "z-near",
      bridges: true,
    });
    const early = session("z-early", 0, 60);
    assert.deepEqual(join([session("a-late", 80, 100), early], at(70), bounds), {
      kind: "join",
      sessionId: "z-early",
      bridges: true,
    });
    assert.deepEqual(join([session("b", 0, 60), session("a", 0, 60)], at(70), bounds), {
      kind: "join",
      sessionId: "a",
      bridges: true,
    });
  });

  it("never lets a session grow beyond its length", () => {
    const full = session("full", 0, 890);
    assert.deepEqual(join([full], at(900), bounds), { kind: "join", sessionId: "full", bridges: false });
    assert.deepEqual(join([full], at(901), bounds), { kind: "open" });
    assert.deepEqual(join([full], at(-11), bounds), { kind: "open" });
  });

  it("always finds a session whose span holds the event", () => {
    assert.deepEqual(join([session("long", 0, 900, "closed")], at(450), bounds), {
      kind: "join",
      sessionId: "long",
      bridges: false,
    });
  });

  it("answers the same whatever the order of the sessions", () => {
    fc.assert(
      fc.property(
        sessionsArbitrary.chain((list) =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
          ),
        ),
        fc.integer({ min: -2500, max: 3500 }),
        ([list, shuffled], seconds) => {
          assert.deepEqual(join(list, at(seconds), bounds), join(shuffled, at(seconds), bounds));
        },
      ),
    );
  });

  it("opens a session only when no session is within the gap and short enough", () => {
    fc.assert(
      fc.property(sessionsArbitrary, fc.integer({ min: -2500, max: 3500 }), (list, seconds) => {
        const fits = (candidate: JoinableSession) => {
          const first = Math.min(candidate.firstEventAt.getTime(), at(seconds).getTime());
          const last = Math.max(candidate.lastEventAt.getTime(), at(seconds).getTime());
          const near =
            at(seconds).getTime() >= candidate.firstEventAt.getTime() - bounds.gapMs &&
            at(seconds).getTime() <= candidate.lastEventAt.getTime() + bounds.gapMs;
          return near && last - first <= bounds.lengthMsMax;
        };
        const answer = join(list, at(seconds), bounds);
        if (answer.kind === "open") return !list.some(fits);
        const chosen = list.find(({ id }) => id === answer.sessionId);
        assert.ok(chosen && fits(chosen));
        return chosen.state === "open" || !list.some((other) => other.state === "open" && fits(other));
      }),
    );
  });
});
