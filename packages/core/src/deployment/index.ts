/** Deployments: opened by whoever routes requests, observed, and judged after each observation. */
import type { Queryable, Sql } from "../db/index.ts";
import { deployment as limits } from "../limits.ts";
import { problem } from "../problem.ts";
import type { deployment } from "./deployment.sql.ts";
import type { DeploymentState, ObservationInput, Traffic } from "./wire.ts";

export { judge, type Verdict } from "./judge.ts";

export type Deployment = typeof deployment.$inferSelect;

/** One deployment after the other is opened, observed and ended. */
export async function inTurn<T>(sql: Sql, work: (sql: Queryable) => Promise<T>): Promise<T> {
  return sql.begin(async (tx) => {
    await tx`select lock_system_state('deployments')`;
    return work(tx);
  });
}

const nothing: Traffic = Object.freeze({ requests: 0, failed: 0, slow: 0 });

export async function record(
  sql: Queryable,
  opened: Pick<Deployment, "id" | "version" | "stable" | "share" | "actor">,
  at: Date,
): Promise<void> {
  const traffic = { canary: nothing, stable: nothing };
  await sql`select open_deployment(${JSON.stringify({ ...opened, traffic, reasons: ["no requests yet"] })}::jsonb, ${at})`;
}

/** The newest first, `deployment.shownMax` at most. */
export async function list(sql: Queryable): Promise<Deployment[]> {
  return sql<Deployment[]>`select id, state, version, stable, share, observations, traffic, reasons, actor,
    opened_at as "openedAt", ended_at as "endedAt" from deployments(${null}::text, ${limits.shownMax})`;
}

/** @throws `not-found` */
export async function get(sql: Queryable, id: string): Promise<Deployment> {
  const [found] = await sql<
    Deployment[]
  >`select id, state, version, stable, share, observations, traffic, reasons, actor,
    opened_at as "openedAt", ended_at as "endedAt" from deployments(${id}, 1)`;
  if (!found) throw problem("not-found", `no deployment ${id}`);
  return found;
}

/** One that runs; what has ended stays as it is. */
export async function change(
  sql: Queryable,
  id: string,
  to: Pick<Deployment, "observations" | "traffic" | "reasons"> & {
    state: DeploymentState;
    endedAt: Date | null;
  },
): Promise<void> {
  await sql`select change_deployment(${id}, ${JSON.stringify(to)}::jsonb)`;
}

export function add(all: Traffic, more: Traffic): Traffic {
  return {
    requests: all.requests + more.requests,
    failed: all.failed + more.failed,
    slow: all.slow + more.slow,
  };
}

/** Undefined: it was taken already. @throws `deployment-moved-on` when one before it is missing */
export function next({ observations }: Deployment, { no }: ObservationInput): number | undefined {
  if (no <= observations) return undefined;
  if (no === observations + 1) return no;
  throw problem("deployment-moved-on", `expected observation ${observations + 1}, got ${no}`);
}
