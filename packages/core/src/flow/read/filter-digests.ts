/** The digests that an inbox is asked for, as conditions of its query. */
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { digest } from "../../digest/digest.sql.ts";
import * as Digest from "../../digest/index.ts";
import type { DigestFilter } from "../../digest/wire.ts";
import { event } from "../../event/event.sql.ts";
import * as Level from "../../level.ts";

/** Undefined: all of them. */
export function matches(filter: DigestFilter, memberId: string): SQL | undefined {
  const { levelFrom, site, seen, unread } = filter;
  return and(
    levelFrom === undefined
      ? undefined
      : inArray(
          digest.level,
          Level.levels.filter((level) => Level.atLeast(level, levelFrom)),
        ),
    site === undefined ? undefined : eq(digest.siteId, site),
    seen === undefined ? undefined : hasSeen(seen),
    unread === undefined ? undefined : eq(Digest.isUnread(memberId), unread === "true"),
    rests(filter),
  );
}

function hasSeen(seen: string): SQL {
  const labels = sql.join(
    Digest.labelsOf(seen).map((label) => sql`${label}`),
    sql`, `,
  );
  return sql`jsonb_exists_any(${digest.counts}, array[${labels}]::text[])`;
}

/** On an event of that device, in that zone. */
function rests({ device, zone }: DigestFilter): SQL | undefined {
  if (device === undefined && zone === undefined) return undefined;
  const which = and(
    eq(event.sessionId, digest.sessionId),
    device === undefined ? undefined : eq(event.deviceId, device),
    zone === undefined ? undefined : eq(event.zone, zone),
  );
  return sql`exists (select from ${event} where ${which})`;
}
