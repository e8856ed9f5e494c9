/** Plays deployments whose truth is known, and judges them every few requests. */
import { judge } from "../src/deployment/judge.ts";
import type { Traffic } from "../src/deployment/wire.ts";

import { seeded } from "./seeded.ts";

/** How often a request fails, or is slow, with either version; and what share of requests the new one has. */
export type Truth = {
  canary: number;
  stable: number;
  slowCanary?: number;
  slowStable?: number;
  share: number;
};

const everyRequests = 20;

type Played = { verdict: "promote" | "roll-back"; requests: number };

function playOne(
  { canary, stable, slowCanary = 0, slowStable = 0, share }: Truth,
  random: () => number,
): Played {
  const traffic = {
    canary: { requests: 0, failed: 0, slow: 0 },
    stable: { requests: 0, failed: 0, slow: 0 },
  };
  const count = (side: Traffic, fails: number, slow: number) => {
    side.requests += 1;
    if (random() < fails) side.failed += 1;
    if (random() < slow) side.slow += 1;
  };
  for (let requests = 1; ; requests += 1) {
    if (random() < share) count(traffic.canary, canary, slowCanary);
    else count(traffic.stable, stable, slowStable);
    if (requests % everyRequests > 0) continue;
    const { verdict } = judge(traffic, share);
    if (verdict !== "go-on") return { verdict, requests: traffic.canary.requests };
  }
}

/** Shares of `times` deployments (0..1), and the median of the new version's requests of those that were rolled back. */
export function play(truth: Truth, times: number, seed: number) {
  const random = seeded(seed);
  const played = Array.from({ length: times }, () => playOne(truth, random));
  const back = played.filter(({ verdict }) => verdict === "roll-back");
  const requests = back.map((one) => one.requests).toSorted((a, b) => a - b);
  return { rolledBack: back.length / times, medianRequests: requests[Math.floor(requests.length / 2)] };
}

/** What is played. */
export const truths = {
  "both fail 0.1 % of requests": { canary: 0.001, stable: 0.001, share: 0.1 },
  "both fail 1 %, and 2 % are slow": {
    canary: 0.01,
    stable: 0.01,
    slowCanary: 0.02,
    slowStable: 0.02,
    share: 0.1,
  },
  "neither fails": { canary: 0, stable: 0, share: 0.1 },
  "fails 2 %, the one before 0": { canary: 0.02, stable: 0, share: 0.1 },
  "fails 2 %, the one before 0.1 %": { canary: 0.02, stable: 0.001, share: 0.1 },
  "fails 2 %, the one before 0.1 %, half each": { canary: 0.02, stable: 0.001, share: 0.5 },
  "fails 1 %, the one before 0.1 %": { canary: 0.01, stable: 0.001, share: 0.1 },
  "5 % are slow, of the one before 1 %": {
    canary: 0,
    stable: 0,
    slowCanary: 0.05,
    slowStable: 0.01,
    share: 0.1,
  },
} satisfies Record<string, Truth>;
