/** Whether an account may ask for some checks now: the day's points, and the checks of the minute. */
import { check as limits } from "../limits-check.ts";
import { type Problem, problem } from "../problem.ts";

export type Spent = {
  /** Points of a quota day. */
  pointsMax: number;
  spentToday: number;
  /** Checks that were asked in the last minute. */
  inMinute: number;
  /** When there is room in the minute for what is asked. */
  freeAt: Date;
  now: Date;
  day: { start: Date; end: Date };
};

/** @returns what refuses it; undefined: it may be claimed */
export function decideClaim(spent: Spent, wanted: { checks: number; points: number }): Problem | undefined {
  const { pointsMax, spentToday, inMinute, freeAt, now, day } = spent;
  if (inMinute + wanted.checks > limits.perMinuteMax) {
    return problem(
      "rate-limited",
      `expected at most ${limits.perMinuteMax} checks of one account in a minute; ${inMinute} were asked`,
      { headers: countFields(spent), retryAfterSeconds: secondsUntil(freeAt, now) },
    );
  }
  if (spentToday + wanted.points <= pointsMax) return undefined;
  return problem(
    "quota-exceeded",
    `${spentToday} of ${pointsMax} points of the day are spent, and this costs ${wanted.points}; there are new ones at ${day.end.toISOString()}`,
    { headers: countFields(spent), retryAfterSeconds: secondsUntil(day.end, now) },
  );
}

function secondsUntil(then: Date, now: Date): number {
  return Math.max(1, Math.ceil((then.getTime() - now.getTime()) / 1000));
}

/** What is left of the day, as fields of an answer. */
export function countFields({ pointsMax, spentToday, now, day }: Omit<Spent, "inMinute" | "freeAt">) {
  const windowSeconds = Math.round((day.end.getTime() - day.start.getTime()) / 1000);
  return {
    "RateLimit-Policy": `"authenticity";q=${pointsMax};w=${windowSeconds}`,
    RateLimit: `"authenticity";r=${Math.max(0, pointsMax - spentToday)};t=${secondsUntil(day.end, now)}`,
  };
}
