/** What is counted to rate a source. */
import type { Queryable } from "../db/index.ts";
import { source as limits, run as runLimits } from "../limits.ts";
import type { Counts } from "./rate.ts";

type Row = { judged: number; offTopic: number; whole: number; duplicates: number; broken: number };

function countsOf({ judged, offTopic, whole, duplicates, broken }: Row): Counts {
  return {
    "off-topic": { found: offTopic, of: judged },
    duplicates: { found: duplicates, of: whole },
    broken: { found: broken, of: whole },
  };
}

const none: Row = { judged: 0, offTopic: 0, whole: 0, duplicates: 0, broken: 0 };

/**
 * Of runs that were opened since then and have ended. Off-topic is what breaks the run's rules: where people were asked, by their
 * word, and not before they have said it. What was held back because the first pictures were bad was not looked at, and counts nowhere.
 */
export async function countOfRuns(sql: Queryable, name: string, since: Date): Promise<Counts> {
  const [row = none] = await sql<Row[]>`select count(*) filter (where x.bad is not null)::int as judged,
      count(*) filter (where x.bad)::int as "offTopic", count(*)::int as whole,
      count(*) filter (where x.twin > 1)::int as duplicates,
      count(*) filter (where x.ending in ('unreadable', 'refused'))::int as broken
    from (select r.id, r.gate from run r where r.source = ${name} and r.created_at > ${since}
        and r.state in ('review', 'sealed') order by r.created_at desc limit ${limits.ratedRunsMax}) r
    cross join lateral (select i.ending, row_number() over (partition by i.sha256 order by i.no) as twin,
        case when q.id is null then i.margin < 0
          when q.verdict in ('yes', 'no') and coalesce(s.verdict, q.verdict) = q.verdict
            then (q.verdict = 'yes') <> (q.asks ->> 'kind' = 'requires') end as bad
      from run_item i
      left join question q on q.run_id = i.run_id and q.item_no = i.no and q.asking = 1
      left join question s on s.run_id = i.run_id and s.item_no = i.no and s.asking = 2
      where i.run_id = r.id and i.no < ${limits.ratedItemsOfRunMax}
        and (r.gate is distinct from 'closed' or i.no < ${runLimits.chunkItemsMax})) x`;
  return countsOf(row);
}

/**
 * Of the newest events since then that threaten no life. Off-topic is what a member called false; of those that nobody called so, the
 * ones count whose digest somebody has opened. What a decoder does not take was refused when it came, and is no evidence.
 */
export async function countOfDevice(sql: Queryable, id: string, since: Date): Promise<Counts> {
  const [row = none] = await sql<Row[]>`with newest as (
      select e.id, e.session_id, e.dismissed_at from event e join device d on d.id = ${id} and e.site_id = d.site_id
      where e.device_id = d.id and e.occurred_at > ${since} and e.mode is distinct from 'emergency'
        and e.type not in ('smoke', 'carbon_monoxide', 'gas', 'flame', 'glass_break', 'forced_entry')
      order by e.occurred_at desc limit ${limits.ratedEventsMax})
    select count(*) filter (where n.dismissed_at is not null or n.is_read)::int as judged,
      count(*) filter (where n.dismissed_at is not null)::int as "offTopic",
      coalesce(max(p.pictures), 0)::int as whole, coalesce(max(p.pictures - p.different), 0)::int as duplicates, 0 as broken
    from (select dismissed_at, exists (select from review v join digest g on g.review_id = v.id
        join reading o on o.digest_id = g.id and o.read_at is not null where v.session_id = newest.session_id) as is_read
      from newest) n
    cross join (select count(*) as pictures, count(distinct m.sha256) as different
      from moment m join newest on m.event_id = newest.id where m.state <> 'announced') p`;
  return countsOf(row);
}
