/** What is usual in the zones of a site: measured at most once an hour, after an answer, and read with the site's row. */
import type { Queryable } from "../db/index.ts";
import { session as limits } from "../limits.ts";

/** Measures it, unless somebody else has just done so. */
export async function measureTraffic(sql: Queryable, siteId: string, now: Date): Promise<void> {
  const oldest = new Date(now.getTime() - limits.trafficMsMax);
  await sql`update site set traffic = zone_traffic(id, ${now}), traffic_at = ${now}
    where id = ${siteId} and (traffic_at is null or traffic_at not between ${oldest} and ${now})`;
}
