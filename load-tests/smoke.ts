/**
 * Smoke: a few cameras post events with a photograph each, ask for a review of the session, and wait for its digest.
 * Settings beside those of vigil.ts: VUS, ITERATIONS.
 */
import { check } from "k6";
import exec from "k6/execution";
import type { Options } from "k6/options";
import { assertBalanced, postEvent, reviewed, targetOf, textAt, thresholds } from "./vigil.ts";

const eventsPerSession = 3;

export const options: Options = {
  scenarios: {
    cameras: {
      executor: "per-vu-iterations",
      vus: Number(__ENV["VUS"] ?? 2),
      iterations: Number(__ENV["ITERATIONS"] ?? 3),
      maxDuration: "5m",
    },
  },
  thresholds: { ...thresholds, http_req_failed: ["rate<0.01"] },
};

// Pro is never refused a review, so that it can be run as often as one likes.
const target = targetOf("pro");

export default async function smoke(): Promise<void> {
  const run = `smoke-${exec.scenario.iterationInTest}-${Date.now()}`;
  let sessionId = "";
  for (let index = 0; index < eventsPerSession; index += 1) {
    sessionId = await postEvent(target, `${run}-${index}`);
  }
  check(await reviewed(target, sessionId, run), {
    "digest names its model": (digest) => textAt(digest, "model.name") !== "",
    "digest says something": (digest) => textAt(digest, "title") !== "",
  });
}

export async function teardown(): Promise<void> {
  await assertBalanced(target);
}
