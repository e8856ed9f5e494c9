/** How busy the system is, in one place for the metrics and for operators. */
import * as DeadLetter from "../../dead-letter/index.ts";
import * as Throttle from "../../throttle/index.ts";
import type { LoadView } from "../../throttle/wire.ts";
import { measureLoad } from "../review/system-load.ts";
import type { Services } from "../services.ts";

function codesOf(overload: Throttle.Overload, idle: boolean): LoadView["reasonCodes"] {
  const { overloaded, depthHigh, waitHigh } = overload;
  if (!overloaded) return idle ? ["idle"] : [];
  if (!depthHigh && !waitHigh) return ["dwell"];
  return [...(depthHigh ? (["depth"] as const) : []), ...(waitHigh ? (["wait"] as const) : [])];
}

export async function getLoad(services: Services): Promise<LoadView> {
  const { overload, depth, workers, momentsPerSecond } = await measureLoad(services);
  const idle = Throttle.isIdle(overload);
  const nowMs = services.clock.now().getTime();
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
    deadLetters: await DeadLetter.count(services.database.sql),
  };
}
