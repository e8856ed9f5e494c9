/** The rules together, as the flows use them: an account's claims kept as rows, decided one after another. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { changeTimeZone, inTimeZone, quotaDay } from "./calendar.ts";
import { decide } from "./decide.ts";
import type { LocalDay } from "./local-day.ts";
import { type ClaimState, claimAfter, claimTransitions, mayMove } from "./state.ts";

const hour = 3_600_000;
const timeZones = Intl.supportedValuesOf("timeZone");

type Claim = { at: Date; state: ClaimState };
type Step =
  | { kind: "ask"; waitMs: number; times: number }
  | { kind: "end"; waitMs: number; which: number; review: "completed" | "failed" | "cancelled" }
  | { kind: "move"; waitMs: number; timeZone: string };

/** Plays an account's life, and checks after each step that no quota day has given more than five reviews. */
class Ledger {
  readonly claims: Claim[] = [];
  readonly days = new Map<number, LocalDay>();
  private calendar;
  private now;

  constructor(timeZone: string, now: Date) {
    this.calendar = inTimeZone(timeZone);
    this.now = now;
  }

  play(step: Step): void {
    this.now = new Date(this.now.getTime() + step.waitMs);
    switch (step.kind) {
      case "ask":
        for (let index = 0; index < step.times; index += 1) this.ask();
        break;
      case "end":
        this.end(step.which, step.review);
        break;
      case "move":
        this.calendar = changeTimeZone(this.calendar, step.timeZone, this.now);
        this.today();
        break;
    }
  }

  /** A change of time zone may move the end of the day under way, so what is known of a day is what was said of it last. */
  private today(): LocalDay {
    const day = quotaDay(this.calendar, this.now);
    this.days.set(day.start.getTime(), day);
    return day;
  }

  private ask(): void {
    const day = this.today();
    const today = this.claims.filter(({ at }) => at >= day.start && at < day.end);
    const refunded = today.filter(({ state }) => state === "refunded").length;
    const answer = decide({
      tier: "guardian",
      lifeSafety: false,
      grantedToday: today.length,
      refundedToday: refunded,
      bucket: null,
      now: this.now,
      day,
    });
    assert.equal(answer.kind === "granted", today.length - refunded < 5);
    if (answer.kind === "granted") this.claims.push({ at: this.now, state: "claimed" });
  }

  /** A review ends; the message that says so may come any number of times. */
  private end(which: number, review: "completed" | "failed" | "cancelled"): void {
    const claim = this.claims[which % Math.max(this.claims.length, 1)];
    if (claim && mayMove(claim.state, claimAfter[review])) claim.state = claimAfter[review];
  }

  check(): void {
    for (const { start, end } of this.days.values()) {
      const net = this.claims.filter(
        ({ at, state }) => at >= start && at < end && state !== "refunded",
      ).length;
      assert.ok(net <= 5, `${net} reviews from ${start.toISOString()} to ${end.toISOString()}`);
    }
  }
}

/** Waits that often land on a change of day: whole hours mostly, and a millisecond around them. */
const waitMs = fc.oneof(
  fc.integer({ min: 0, max: 30 }).map((hours) => hours * hour),
  fc.constantFrom(0, 1, hour - 1, hour + 1, 23 * hour, 25 * hour),
);
const ask = fc.record({
  kind: fc.constant("ask" as const),
  waitMs,
  times: fc.integer({ min: 1, max: 8 }),
});
const end = fc.record({
  kind: fc.constant("end" as const),
  waitMs,
  which: fc.nat(200),
  review: fc.constantFrom("completed" as const, "failed" as const, "cancelled" as const),
});
const move = fc.record({
  kind: fc.constant("move" as const),
  waitMs,
  timeZone: fc.constantFrom(...timeZones),
});
const steps = fc.array(fc.oneof({ arbitrary: ask, weight: 5 }, { arbitrary: end, weight: 3 }), {
  maxLength: 20,
});
const stepsWithMoves = fc.array(
  fc.oneof({ arbitrary: ask, weight: 5 }, { arbitrary: end, weight: 3 }, { arbitrary: move, weight: 1 }),
  { maxLength: 40 },
);

/** Some hours before the time zone's next change of clocks, or before any instant where it has none. */
function nearTransition(timeZone: string, at: Date, hoursBefore: number): Date {
  const next = Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timeZone)
    .getTimeZoneTransition("next");
  return new Date((next?.epochMilliseconds ?? at.getTime()) - hoursBefore * hour);
}

const instants = fc.date({ min: new Date("2024-01-01"), max: new Date("2032-01-01"), noInvalidDate: true });

describe("the allowance of guardian", () => {
  it("gives at most five reviews, net of refunds, in every local day of every time zone, around changes of clocks", () => {
    for (const timeZone of timeZones) {
      fc.assert(
        fc.property(instants, fc.integer({ min: 0, max: 48 }), steps, (at, hoursBefore, list) => {
          const ledger = new Ledger(timeZone, nearTransition(timeZone, at, hoursBefore));
          for (const step of list) ledger.play(step);
          ledger.check();
        }),
        { numRuns: 5 },
      );
    }
  });

  it("holds while the account changes its time zone at random", () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...timeZones), stepsWithMoves, (at, timeZone, list) => {
        const ledger = new Ledger(timeZone, at);
        for (const step of list) ledger.play(step);
        ledger.check();
      }),
      { numRuns: 300 },
    );
  });

  it("gives no more than one day's reviews for every 23 hours, however the time zone is changed", () => {
    const greedy = fc.array(fc.record({ waitMs, timeZone: fc.option(fc.constantFrom(...timeZones)) }), {
      minLength: 10,
      maxLength: 60,
    });
    fc.assert(
      fc.property(instants, fc.constantFrom(...timeZones), greedy, (at, home, list) => {
        const ledger = new Ledger(home, at);
        let elapsedMs = 0;
        for (const { waitMs: wait, timeZone } of list) {
          elapsedMs += wait;
          ledger.play({ kind: "ask", waitMs: wait, times: 6 });
          if (timeZone !== null) ledger.play({ kind: "move", waitMs: 0, timeZone });
        }
        const daysTouched = Math.floor(elapsedMs / (23 * hour)) + 2;
        assert.ok(ledger.claims.length <= 5 * daysTouched, `${ledger.claims.length} in ${daysTouched} days`);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a claim", () => {
  it("ends once: settled or refunded, whatever comes after", () => {
    const reviews = fc.array(fc.constantFrom("completed" as const, "failed" as const, "cancelled" as const), {
      minLength: 1,
    });
    fc.assert(
      fc.property(reviews, (ends) => {
        let state: ClaimState = "claimed";
        let moves = 0;
        for (const review of ends) {
          if (!mayMove(state, claimAfter[review])) continue;
          state = claimAfter[review];
          moves += 1;
        }
        assert.equal(moves, 1);
        assert.deepEqual(claimTransitions[state], []);
      }),
    );
  });

  it("stays claimed while its review is under way", () => {
    assert.equal(claimAfter.queued, null);
    assert.equal(claimAfter.running, null);
  });
});
