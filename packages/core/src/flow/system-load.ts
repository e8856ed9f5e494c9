/** How busy the whole system is: measured in the database, judged by the throttle, remembered in one row. */
import type { Queryable } from "../db/index.ts";
import { worker as workerLimits } from "../limits.ts";
import * as Outbox from "../outbox/index.ts";
import * as Throttle from "../throttle/index.ts";
import type { Services } from "./services.ts";

export type Load = {
  overload: Throttle.Overload;
  depth: Outbox.Depth[];
  jobs: number;
  moments: number;
  workers: number;
  momentsPerSecond: number;
};

const stateName = "overload";

/** Measures, lets the throttle draw its conclusion, and stores it. Concurrent calls take turns. */
export async function measureLoad(services: Services): Promise<Load> {
  const at = services.clock.now();
  return services.database.sql.begin(async (sql): Promise<Load> => {
    const [row] = await sql<
      { value: Throttle.Overload | null }[]
    >`select lock_system_state(${stateName}) as value`;
    const [depth, capacity] = await Promise.all([Outbox.depth(sql), capacityOf(sql, at)]);
    const jobs = depth.reduce((sum, queue) => sum + queue.jobs, 0);
    const moments = depth.reduce((sum, queue) => sum + queue.moments, 0);
    const overload = Throttle.step(row?.value ?? Throttle.calm, {
      at,
      depthReviews: jobs,
      depthMoments: moments,
      momentsPerSecond: capacity.momentsPerSecond,
    });
    await sql`select save_system_state(${stateName}, ${JSON.stringify(overload)}::jsonb, ${at})`;
    return { overload, depth, jobs, moments, ...capacity };
  });
}

type CapacityRow = { workers: number; items_per_second: number; items_per_second_capacity: number };

async function capacityOf(sql: Queryable, at: Date): Promise<{ workers: number; momentsPerSecond: number }> {
  const since = new Date(at.getTime() - workerLimits.silentSecondsMax * 1000);
  const [row] = await sql<CapacityRow[]>`select * from worker_capacity(${since})`;
  return {
    workers: Number(row?.workers ?? 0),
    momentsPerSecond: Math.max(row?.items_per_second ?? 0, row?.items_per_second_capacity ?? 0),
  };
}
