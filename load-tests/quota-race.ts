/**
 * Quota race: many ask for a deep review of sessions of one account of tier guardian at the same moment. As many are granted as
 * the day still has, and not one more; everybody else is told when to come back.
 * Settings beside those of vigil.ts: VUS.
 */
import { check } from "k6";
import exec from "k6/execution";
import { Counter } from "k6/metrics";
import type { Options } from "k6/options";
import { promises } from "../packages/core/src/promises.ts";
import {
  askForReview,
  assertBalanced,
  numberAt,
  postEvent,
  read,
  targetOf,
  textAt,
  thresholds,
} from "./vigil.ts";

/** Longer than any silence that ends a session. */
const apartMs = 20 * 60 * 1000;
const granted = new Counter("granted");
const refused = new Counter("refused");

export const options: Options = {
  scenarios: {
    members: {
      executor: "per-vu-iterations",
      vus: Number(__ENV["VUS"] ?? 20),
      iterations: 1,
      maxDuration: "5m",
    },
  },
  thresholds: {
    checks: thresholds.checks,
    accept_ms: thresholds.accept_ms,
    granted: [`count<=${promises.guardianReviewsPerDay}`],
    refused: ["count>0"],
  },
};

const target = targetOf("guardian");

/** What the day has left, and a session for each: so far apart that each event is a session of its own. */
export async function setup(): Promise<Race> {
  const usage = await read(target, "usage");
  const run = Date.now();
  const vus = Number(__ENV["VUS"] ?? 20);
  const sessions: string[] = [];
  for (let vu = 1; vu <= vus; vu += 1) {
    const at = new Date(run - vu * apartMs);
    sessions.push(await postEvent(target, `quota-race-${run}-${vu}`, at));
  }
  return { left: numberAt(usage, "reviews.left"), run, sessions };
}

type Race = { left: number; run: number; sessions: string[] };

export default async function quotaRace({ run, sessions }: Race): Promise<void> {
  const sessionId = sessions[exec.vu.idInTest - 1] ?? "";
  const answer = await askForReview(target, sessionId, `quota-race-${run}-${sessionId}`);
  check(answer, { "is granted or refused": ({ status }) => status === 202 || status === 429 });
  if (answer.status === 202) granted.add(1);
  if (answer.status !== 429) return;
  refused.add(1);
  check(answer, {
    "says why": (problem) => textAt(problem, "code") === "quota-exceeded",
    "says when to come back": ({ headers }) => Number(headers["Retry-After"]) > 0,
  });
}

export async function teardown({ left, sessions }: Race): Promise<void> {
  const usage = await read(target, "usage");
  check(usage, {
    "as many were granted as were left": (answer) =>
      numberAt(answer, "reviews.left") === Math.max(0, left - sessions.length),
  });
  await assertBalanced(target);
}
