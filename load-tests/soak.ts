/**
 * Soak: a household's evening, for hours. What leaks, grows or is lost shows at its end.
 * Settings beside those of vigil.ts: RATE (events a second), DURATION, EVENTS_PER_REVIEW.
 */
import exec from "k6/execution";
import type { Options } from "k6/options";
import { assertBalanced, postEvent, reviewed, targetOf, thresholds } from "./vigil.ts";

const eventsPerReview = Number(__ENV["EVENTS_PER_REVIEW"] ?? 10);

export const options: Options = {
  scenarios: {
    evening: {
      executor: "constant-arrival-rate",
      rate: Number(__ENV["RATE"] ?? 1),
      timeUnit: "1s",
      duration: __ENV["DURATION"] ?? "2h",
      preAllocatedVUs: 10,
      maxVUs: 50,
    },
  },
  thresholds: { ...thresholds, http_req_failed: ["rate<0.001"], dropped_iterations: ["count==0"] },
};

const target = targetOf("pro");

export default async function soak(): Promise<void> {
  const iteration = exec.scenario.iterationInTest;
  const run = `soak-${iteration}-${Date.now()}`;
  const sessionId = await postEvent(target, run);
  if (iteration % eventsPerReview === 0) await reviewed(target, sessionId, run);
}

export async function teardown(): Promise<void> {
  await assertBalanced(target);
}
