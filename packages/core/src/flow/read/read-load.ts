/** How busy the system is, in one place for the metrics and for operators. */
import * as Throttle from "../../throttle/index.ts";
import type { LoadView } from "../../throttle/wire.ts";
import type { Services } from "../services.ts";
import { lastMeasuredLoad, type MeasuredLoad, measureLoad } from "../system-load.ts";

function codesOf(overload: Throttle.Overload, idle: boolean): LoadView["reasonCodes"] {
  const { overloaded, depthHigh, waitHigh } = overload;
  if (!overloaded) return idle ? ["idle"] : [];
  if (!depthHigh && !waitHigh) return ["dwell"];
  return [...(depthHigh ? (["depth"] as const) : []), ...(waitHigh ? (["wait"] as const) : [])];
}

/** The load, measured now. */
export async function getLoad(services: Services): Promise<LoadView> {
  return viewOf(await measureLoad(services), services.clock.now());
}

/** The load as it was measured last, and how long ago that was: cheap, however much waits. */
export async function getLastLoad(services: Services): Promise<LoadView & { ageSeconds: number }> {
  const load = await lastMeasuredLoad(services);
  const now = services.clock.now();
  const at = load.overload.last?.at ?? now;
  return { ...viewOf(load, now), ageSeconds: Math.max(0, (now.getTime() - new Date(at).getTime()) / 1000) };
}

function viewOf(load: MeasuredLoad, now: Date): LoadView {
  const { overload, depth, workers, momentsPerSecond, deadLetters } = load;
  const idle = Throttle.isIdle(overload);
  const nowMs = now.getTime();
  const wait = overload.last?.expectedWaitSeconds ?? null;
  return {
    overloaded: overload.overloaded,
    ...(overload.changedAt === null ? {} : { changedAt: overload.changedAt }),
    reasons: Throttle.reasons(overload, { idle }),
    reasonCodes: codesOf(overload, idle),
    k: {
      guardian: Throttle.kFor(overload, { tier: "guardian", idle }),
      pro: Throttle.kFor(overload, { tier: "pro", idle }),
    },
    extraBatchWindowMs: Throttle.extraBatchWindowMs(overload),
    queues: (["priority", "standard"] as const).map((queue) => {
      const { jobs = 0, moments = 0, oldestAt = null } = depth.find((one) => one.queue === queue) ?? {};
      const oldestSeconds = oldestAt && Math.max(0, (nowMs - oldestAt.getTime()) / 1000);
      return { queue, jobs, moments, ...(oldestSeconds === null ? {} : { oldestSeconds }) };
    }),
    workers,
    momentsPerSecond,
    ...(wait === null ? {} : { expectedWaitSeconds: wait }),
    deadLetters,
  };
}
