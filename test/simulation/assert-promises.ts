/** What must be true once all has come to its end, asked of the database as its owner, of the receivers and of the gateway. */
import type { Sql } from "@vigil/core/db";
import type { SimulatedGateway } from "./gateway.ts";
import type { House } from "./house.ts";
import { readLedger } from "./ledger.ts";
import type { Taken } from "./outside.ts";
import type { Told } from "./people.ts";

/** What is not at its end yet; empty: all is. */
export async function findUnderWay(owner: Sql, house: House, gateway: SimulatedGateway): Promise<string[]> {
  const { lines } = await readLedger(owner);
  const { kept } = gateway.balance();
  const { bulk: _, ...queues } = house.queues;
  return [
    ...lines.flatMap(({ noun, underWay, states }) =>
      underWay === 0
        ? []
        : [
            `${noun}: ${states
              .filter((one) => one.isUnderWay && one.count > 0)
              .map(({ state, count }) => `${count} ${state}`)
              .join(", ")}`,
          ],
    ),
    ...(kept > 0 ? [`the gateway keeps ${kept}`] : []),
    ...Object.entries(queues).flatMap(([name, { size }]) =>
      size > 0 ? [`${size} in the queue ${name}`] : [],
    ),
  ];
}

export async function assertPromises(
  owner: Sql,
  house: House,
  { told, taken, gateway }: { told: Told; taken: Taken; gateway: SimulatedGateway },
): Promise<void> {
  const { world } = house;
  const rowsOf = (rows: readonly object[], kind: string) => {
    for (const row of rows) world.violate(kind, JSON.stringify(row));
  };
  for (const { account, clientId, eventId } of told.events) {
    const rows = await owner<{ id: string }[]>`
      select id from event where account_id = ${account} and client_id = ${clientId}`;
    if (rows.length !== 1 || rows[0]?.id !== eventId) {
      world.violate("event-lost", `${clientId} was accepted as ${eventId}, and is ${rows.length} rows`);
    }
  }
  const { heard, kept, ended } = gateway.balance();
  const forwarded = ended.reduce((sum, { outcome, count }) => sum + (outcome === "forwarded" ? count : 0), 0);
  const total = ended.reduce((sum, { count }) => sum + count, kept);
  if (heard !== gateway.heard.length || heard !== total || forwarded !== heard) {
    world.violate("gateway", `heard ${heard}, forwarded ${forwarded}: ${gateway.refused().join("; ")}`);
  }
  const known = await owner<{ count: number }[]>`
    select count(*)::int as count from event where client_id like 'simulated.%'`;
  if (known[0]?.count !== forwarded) {
    world.violate("gateway", `${known[0]?.count} events of ${forwarded} forwarded`);
  }
  rowsOf(
    await owner`select r.id, r.state, count(d.id)::int as digests from review r left join digest d on d.review_id = r.id
      group by r.id having count(d.id) <> case when r.state = 'completed' then 1 else 0 end`,
    "digest-count",
  );
  rowsOf(
    await owner`select r.id, r.state, c.state as claim from review r left join quota_claim c on c.review_id = r.id
      where c.state is distinct from case r.state when 'completed' then 'settled' when 'failed' then 'refunded' else c.state end
        or (c.id is null and r.state <> 'cancelled')`,
    "allowance",
  );
  rowsOf(
    await owner`select account_id, count(*)::int as granted from quota_claim where basis = 'daily' and state <> 'refunded'
      group by account_id, (claimed_at at time zone 'Europe/London')::date having count(*) > 5`,
    "quota",
  );
  rowsOf(
    await owner`select endpoint_id, topic, count(*)::int from delivery group by 1, 2 having count(*) > 1`,
    "delivery-twice",
  );
  // A digest whose first part was below what the endpoint asks for is told with the part that raised it.
  rowsOf(
    await owner`select d.id as digest, e.id as endpoint from digest d join review r on r.id = d.review_id
      join endpoint e on e.account_id = d.account_id
      where d.level in ('standard', 'elevated', 'critical') and not exists (
        select from delivery v where v.endpoint_id = e.id and v.topic ~ ('^(digest|addendum):' || d.id || ':[0-9]+$'))`,
    "digest-untold",
  );
  const delivered = await owner<{ id: string }[]>`select id from delivery where state = 'delivered'`;
  for (const { id } of delivered) {
    if (!taken.has(id)) world.violate("delivery-lost", `${id} counts as delivered, and nobody got it`);
  }
  const ledger = await readLedger(owner);
  rowsOf(ledger.faults, "ledger");
  rowsOf(ledger.unbalanced, "ledger");
}
