/**
 * What judging many events of one device at once needs to know of its site: read inside the transaction that records them,
 * which holds the site and the sessions that they may join, so that what was read stays true until it commits.
 */
import type { Account } from "../../account/index.ts";
import type { Observation } from "../../assessment/index.ts";
import type { Queryable } from "../../db/index.ts";
import type { Clock } from "../../device/index.ts";
import { session as limits } from "../../limits.ts";
import { problem } from "../../problem.ts";
import type { DeviceContext, NearbySession } from "./device-context.ts";
import type { Surroundings } from "./judge-event.ts";

export type Place = Pick<
  Surroundings,
  "accountId" | "deviceId" | "siteId" | "deviceZone" | "clock" | "sessionsOpened" | "timeZone"
>;
type KnownEvent = NonNullable<DeviceContext["known"]>;

/** Locks the site: whoever opens a session there waits, and whoever joins one is waited for. @throws `unauthenticated` */
export async function lockPlace(
  sql: Queryable,
  { id: accountId, timeZone }: Account,
  deviceId: string,
): Promise<Place> {
  const [found] = await sql<
    { siteId: string; deviceZone: string | null; clock: Clock | null; sessionsOpened: number }[]
  >`select s.id as "siteId", d.zone as "deviceZone", d.skew as clock, s.sessions_opened as "sessionsOpened"
    from device d join site s on s.id = d.site_id where d.id = ${deviceId} and d.removed_at is null for no key update of s`;
  if (!found) throw problem("unauthenticated", "expected the key of a device in use");
  return { ...found, accountId, deviceId, timeZone };
}

/** Those of the device's events that were recorded before, by the ids that the device chose. */
export async function listKnown(
  sql: Queryable,
  deviceId: string,
  clientIds: readonly string[],
): Promise<Map<string, KnownEvent>> {
  const rows = await sql<(KnownEvent & { clientId: string })[]>`
    select client_id as "clientId", id, session_id as "sessionId", encode(fingerprint, 'hex') as fingerprint, assessment,
      sealed_at is not null as sealed
    from event where device_id = ${deviceId} and client_id = any(${clientIds}::text[])`;
  return new Map(rows.map(({ clientId, ...known }) => [clientId, known]));
}

export type Around = {
  sessions: NearbySession[];
  /** Newest first. */
  recent: Observation[];
  /** By zone; null where the site is too new to tell. */
  usual: Map<string | null, number | null>;
  dismissals: DeviceContext["dismissals"];
};

/** A time, from and until, epoch ms; `instants` of what is asked for lie in it. */
type Stretch = { from: number; until: number; instants: number };

/** Stretches of time of so many milliseconds around each of the instants, those that overlap as one. */
function stretchesAround(instants: readonly Date[], reachMs: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (const at of instants.map((instant) => instant.getTime()).toSorted((a, b) => a - b)) {
    const last = stretches.at(-1);
    if (last && at - reachMs <= last.until) {
      last.until = at + reachMs;
      last.instants += 1;
    } else stretches.push({ from: at - reachMs, until: at + reachMs, instants: 1 });
  }
  return stretches;
}

const asRows = (stretches: readonly Stretch[]) =>
  JSON.stringify(
    stretches.map(({ from, until, instants }) => ({
      from: new Date(from),
      until: new Date(until),
      most: instants * limits.contextEventsMax,
    })),
  );

/**
 * What lies around these instants. Locks the sessions that an event at one of them may join. Each part is asked for without
 * waiting for the one before.
 */
export async function readAround(
  sql: Queryable,
  { siteId }: Place,
  asked: { instants: readonly Date[]; zones: readonly (string | null)[]; gapMs: number; now: Date },
): Promise<Around> {
  const { instants, zones, gapMs, now } = asked;
  const joinable = asRows(stretchesAround(instants, gapMs));
  const visible = asRows(stretchesAround(instants, limits.contextMs));
  const [sessions, recent, usual, dismissals] = await Promise.all([
    sql<NearbySession[]>`
      select id, state, first_event_at as "firstEventAt", last_event_at as "lastEventAt", opened_at as "openedAt"
      from session where id in (
        select x.id from jsonb_to_recordset(${joinable}::jsonb) as t ("from" timestamptz, until timestamptz)
        cross join lateral (select * from session s where s.site_id = ${siteId}
          -- A session is no longer than that.
          and s.last_event_at between t.from and t.until + ${limits.lengthMsMax} * interval '1 millisecond'
          -- By the index, whatever the planner thinks of how many stretches there are.
          offset 0) x
        where x.merged_into is null and x.first_event_at <= t.until)
      order by id for no key update`,
    sql<Observation[]>`
      select e.id as "eventId", e.device_id as "deviceId", e.type, e.occurred_at as "occurredAt", e.zone, e.confidence, e.mode,
        e.attributes
      from jsonb_to_recordset(${visible}::jsonb) as t ("from" timestamptz, until timestamptz, most int)
      cross join lateral (select * from event o where o.site_id = ${siteId} and o.occurred_at between t.from and t.until
        order by o.occurred_at desc limit t.most) e`,
    sql<{ zone: string | null; perDay: number | null }[]>`
      select zone, zone_events_per_day(${siteId}, zone, ${now}) as "perDay"
      from jsonb_array_elements_text(${JSON.stringify(zones)}::jsonb) as zone`,
    sql<DeviceContext["dismissals"]>`
      select type, nullif(zone, '') as zone, count from dismissal order by updated_at desc limit ${limits.dismissalsMax}`,
  ]);
  return {
    sessions: [...sessions],
    recent: [...recent],
    usual: new Map(usual.map(({ zone, perDay }) => [zone, perDay])),
    dismissals: [...dismissals],
  };
}
