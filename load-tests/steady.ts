/**
 * Steady: events come at a constant rate, whatever the answers take, and of every so many one is reviewed.
 * Settings beside those of vigil.ts: RATE (events a second), DURATION, EVENTS_PER_REVIEW.
 */
import exec from "k6/execution";
import type { Options } from "k6/options";
import { assertBalanced, postEvent, reviewed, targetOf, thresholds } from "./vigil.ts";

const eventsPerReview = Number(__ENV["EVENTS_PER_REVIEW"] ?? 5);

export const options: Options = {
  scenarios: {
    cameras: {
      executor: "constant-arrival-rate",
      rate: Number(__ENV["RATE"] ?? 2),
      timeUnit: "1s",
      duration: __ENV["DURATION"] ?? "1m",
      preAllocatedVUs: 20,
      maxVUs: 50,
    },
  },
  thresholds: { ...thresholds, http_req_failed: ["rate<0.01"], dropped_iterations: ["count==0"] },
};

const target = targetOf("pro");

export default async function steady(): Promise<void> {
  const iteration = exec.scenario.iterationInTest;
  const run = `steady-${iteration}-${Date.now()}`;
  const sessionId = await postEvent(target, run);
  if (iteration % eventsPerReview === 0) await reviewed(target, sessionId, run);
}

export async function teardown(): Promise<void> {
  await assertBalanced(target);
}
