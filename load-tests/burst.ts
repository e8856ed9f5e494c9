/**
 * Burst: events come at ten times the usual rate for a while, as when a storm sets off every camera. Reviews then look at
 * fewer moments, and none of them fails.
 * Settings beside those of vigil.ts: RATE (the usual events a second), EVENTS_PER_REVIEW.
 */
import exec from "k6/execution";
import type { Options } from "k6/options";
import { assertBalanced, postEvent, reviewed, targetOf, thresholds } from "./vigil.ts";

const usual = Number(__ENV["RATE"] ?? 1);
const eventsPerReview = Number(__ENV["EVENTS_PER_REVIEW"] ?? 3);

export const options: Options = {
  scenarios: {
    storm: {
      executor: "ramping-arrival-rate",
      startRate: usual,
      timeUnit: "1s",
      stages: [
        { target: usual, duration: "10s" },
        { target: 10 * usual, duration: "5s" },
        { target: 10 * usual, duration: "20s" },
        { target: usual, duration: "5s" },
        { target: usual, duration: "20s" },
      ],
      preAllocatedVUs: 20,
      maxVUs: 50,
    },
  },
  // Who is told to come back later comes back later: that is no failure of the API.
  thresholds: { ...thresholds, dropped_iterations: ["count==0"] },
};

const target = targetOf("pro");

export default async function burst(): Promise<void> {
  const iteration = exec.scenario.iterationInTest;
  const run = `burst-${iteration}-${Date.now()}`;
  const sessionId = await postEvent(target, run);
  if (iteration % eventsPerReview === 0) await reviewed(target, sessionId, run);
}

export async function teardown(): Promise<void> {
  await assertBalanced(target);
}
