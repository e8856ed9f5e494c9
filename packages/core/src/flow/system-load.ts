/** How busy the whole system is: measured in the database, judged by the throttle, remembered in one row. */
import type { Queryable } from "../db/index.ts";
import * as DeadLetter from "../dead-letter/index.ts";
import { worker as workerLimits } from "../limits.ts";
import * as Outbox from "../outbox/index.ts";
import * as Throttle from "../throttle/index.ts";
import type { Services } from "./services.ts";

/** Jobs that have not ended and the moments in them; what the workers can do. */
export type Load = {
  overload: Throttle.Overload;
  jobs: number;
  moments: number;
  momentsPerSecond: number;
};
export type MeasuredLoad = Load & { depth: Outbox.Depth[]; workers: number; deadLetters: number };

/** What is remembered of a measurement beside the throttle's own state. Times are RFC 3339, UTC. */
type Remembered = Throttle.Overload & {
  measured?: {
    depth: (Omit<Outbox.Depth, "oldestAt"> & { oldestAt: string | null })[];
    workers: number;
    deadLetters: number;
  };
};

const stateName = "overload";
/** A measurement this old is still true enough for K, and saves a lock that all requests would share. */
const freshMsMax = 500;

/**
 * The load as it was measured a moment ago, by whichever process, or as it is. A fault in measuring is no reason to
 * refuse an event or a review: what was known last stands, and where nothing is known the system counts as calm.
 */
export async function recentLoad(services: Services): Promise<Load> {
  let known: Throttle.Overload | undefined;
  try {
    known = await remembered(services);
    const ageMs = known?.last
      ? services.clock.now().getTime() - new Date(known.last.at).getTime()
      : Number.NaN;
    return known?.last && ageMs >= 0 && ageMs <= freshMsMax ? asLoad(known) : await measureLoad(services);
  } catch (error) {
    services.log.warn({ err: error }, "the load could not be measured; what was known last stands");
    return asLoad(known ?? Throttle.calm);
  }
}

function asLoad(overload: Throttle.Overload): Load {
  const { depthReviews: jobs = 0, depthMoments: moments = 0, momentsPerSecond = 0 } = overload.last ?? {};
  return { overload, jobs, moments, momentsPerSecond };
}

/**
 * The load as it was measured last: by a heartbeat, by a review that was asked for, or by the sweep. One row is read,
 * however much waits, and no lock is taken. Measures only where nobody ever did.
 */
export async function lastMeasuredLoad(services: Services): Promise<MeasuredLoad> {
  const overload = await remembered(services);
  if (!overload?.last || !overload.measured) return measureLoad(services);
  const { depthReviews: jobs, depthMoments: moments, momentsPerSecond } = overload.last;
  const { depth, workers, deadLetters } = overload.measured;
  return {
    overload,
    jobs,
    moments,
    momentsPerSecond,
    workers,
    deadLetters,
    depth: depth.map((queue) => ({
      ...queue,
      oldestAt: queue.oldestAt === null ? null : new Date(queue.oldestAt),
    })),
  };
}

async function remembered(services: Services): Promise<Remembered | undefined> {
  const [row] = await services.database.sql<
    { value: Remembered | null }[]
  >`select read_system_state(${stateName}) as value`;
  return row?.value ?? undefined;
}

/** Measures, lets the throttle draw its conclusion, and stores it. Concurrent calls take turns. */
export async function measureLoad(services: Services): Promise<MeasuredLoad> {
  const at = services.clock.now();
  return services.database.sql.begin(async (sql): Promise<MeasuredLoad> => {
    const [row] = await sql<
      { value: Throttle.Overload | null }[]
    >`select lock_system_state(${stateName}) as value`;
    const [depth, capacity, deadLetters] = await Promise.all([
      Outbox.depth(sql),
      capacityOf(sql, at),
      DeadLetter.count(sql),
    ]);
    const jobs = depth.reduce((sum, queue) => sum + queue.jobs, 0);
    const moments = depth.reduce((sum, queue) => sum + queue.moments, 0);
    const overload = Throttle.step(row?.value ?? Throttle.calm, {
      at,
      depthReviews: jobs,
      depthMoments: moments,
      momentsPerSecond: capacity.momentsPerSecond,
    });
    const value = { ...overload, measured: { depth, workers: capacity.workers, deadLetters } };
    await sql`select save_system_state(${stateName}, ${JSON.stringify(value)}::jsonb, ${at})`;
    return { overload, depth, jobs, moments, deadLetters, ...capacity };
  });
}

type CapacityRow = { workers: number; items_per_second: number; items_per_second_capacity: number };

async function capacityOf(sql: Queryable, at: Date): Promise<{ workers: number; momentsPerSecond: number }> {
  const since = new Date(at.getTime() - workerLimits.silentSecondsMax * 1000);
  const [row] = await sql<CapacityRow[]>`
    select workers::int, items_per_second, items_per_second_capacity from worker_capacity(${since})`;
  return {
    workers: row?.workers ?? 0,
    momentsPerSecond: Math.max(row?.items_per_second ?? 0, row?.items_per_second_capacity ?? 0),
  };
}
