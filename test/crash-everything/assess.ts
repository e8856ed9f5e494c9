/** What became of all that was acknowledged. */
import { percentile } from "../../packages/core/testing/simulate.ts";
import { until } from "../../scripts/local/until.ts";
import { terminal } from "../../scripts/terminal.ts";
import type { Cast } from "../deliver-kill/cast.ts";
import { findUntold } from "../deliver-kill/find-untold.ts";
import type { World } from "../walk/world.ts";
import type { Load } from "./load.ts";
import { type VictimName, type Victims, victimNames } from "./victims.ts";
import { type Minute, readLedger } from "./watch.ts";

const settleMsMax = 600_000;
/** Of what a process took a minute into its last life, at the end of it. */
const grownMax = 1.25;
const MIB = 1024 * 1024;

type Balance = { heard: number; kept: number; forwarded: number };

/** Of the gateway's own account, which it keeps through its deaths. */
async function balanceOf({ metricsUrl }: Victims): Promise<Balance> {
  const text = await (await fetch(metricsUrl)).text();
  const figure = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1] ?? Number.NaN);
  return {
    heard: figure("vigil_gateway_events_heard"),
    kept: figure("vigil_gateway_events_kept"),
    forwarded: figure('vigil_gateway_events_ended\\{outcome="forwarded"\\}'),
  };
}

/** Until what is under way has ended. @returns how long that took, in milliseconds */
export async function settle(
  { base }: World,
  cast: Cast,
  victims: Victims,
  { pictured }: Load,
): Promise<number> {
  const startMs = Date.now();
  const look = async () => {
    const [row] = await base.owner<{ digests: number; open: number; pending: number; newest: number }[]>`
      select (select count(distinct event.client_id)::int from event join review using (session_id)
          join digest on digest.review_id = review.id where event.client_id = any(${pictured})) as digests,
        (select count(*)::int from session where state = 'open')
          + (select count(*)::int from review where state in ('queued', 'running')) as open,
        (select count(*)::int from delivery where state = 'pending') as pending,
        (select coalesce(max(number), 0)::float8 from stream_entry) as newest`;
    return {
      ...row,
      ...(await balanceOf(victims)),
      heardLast: cast.heard.at(-1)?.number ?? 0,
      faults: cast.faults,
    };
  };
  let saidMs = startMs;
  await until(
    async () => {
      const seen = await look();
      if (Date.now() - saidMs > 30_000) {
        saidMs = Date.now();
        terminal.line(`  waiting for ${pictured.length} digests: ${JSON.stringify(seen)}`);
      }
      const isOver =
        seen.digests === pictured.length && seen.open === 0 && seen.pending === 0 && seen.kept === 0;
      return isOver && seen.heardLast === seen.newest ? true : undefined;
    },
    { withinMs: settleMsMax, everyMs: 1_000, because: "not everything ended" },
  ).catch(async (error: Error) => {
    throw new Error(`${error.message}: ${JSON.stringify(await look())}, ${pictured.length} digests are owed`);
  });
  return Date.now() - startMs;
}

/** @returns what is wrong; nothing when the promises were kept */
export async function findLost(
  world: World,
  cast: Cast,
  victims: Victims,
  load: Load,
  minutes: readonly Minute[],
): Promise<string[]> {
  const { owner } = world.base;
  const faults = [...load.faults, ...(await findUntold(world, cast))];
  const [events] = await owner<{ rows: number; ids: number }[]>`
    select count(*)::int as rows, count(distinct client_id)::int as ids from event
    where client_id = any(${load.acknowledged})`;
  if (events?.ids !== load.acknowledged.length || events.rows !== events.ids) {
    faults.push(
      `${load.acknowledged.length} events were acknowledged, ${events?.rows} are there, ${events?.ids} different`,
    );
  }
  const { heard, forwarded } = await balanceOf(victims);
  const [sensed] = await owner<{ rows: number }[]>`
    select count(*)::int as rows from event where not client_id = any(${load.acknowledged})`;
  if (heard === 0 || forwarded !== heard || sensed?.rows !== heard) {
    faults.push(`the gateway heard ${heard} events and forwarded ${forwarded}, ${sensed?.rows} are there`);
  }
  const twice = await owner<{ id: string }[]>`
    select review.session_id as id from review join digest on digest.review_id = review.id group by 1 having count(*) > 1`;
  faults.push(...twice.map(({ id }) => `the session ${id} has more than one digest`));
  const ledger = await readLedger({ world, cast });
  if (!ledger.balanced) faults.push(`the ledger does not balance: ${JSON.stringify(ledger)}`);
  faults.push(
    ...minutes.filter(({ balanced }) => !balanced).map(({ minute }) => `unbalanced at minute ${minute}`),
  );
  for (const name of victimNames) {
    if (victims[name].kills !== 2) faults.push(`${name} was killed ${victims[name].kills} times`);
    const grown = growthOf(name, minutes);
    if (grown > grownMax) faults.push(`${name} grew to ${grown.toFixed(2)} times what it took`);
  }
  return faults;
}

/** In its last life: the last minute against the second one, when it has warmed up. 1 where that was too short to say. */
function growthOf(name: VictimName, minutes: readonly Minute[]): number {
  const lastLife = minutes.filter(({ kills }) => kills[name] === 2).map(({ memory }) => memory[name]);
  const [, warm = 0] = lastLife;
  return lastLife.length < 3 || warm === 0 ? 1 : (lastLife.at(-1) ?? 0) / warm;
}

type Outcome = {
  victims: Victims;
  load: Load;
  watched: readonly Minute[];
  settledMs: number;
  faults: readonly string[];
  minutes: number;
};

export async function tellOutcome(
  { base }: World,
  { victims, load, watched, settledMs, faults, minutes }: Outcome,
): Promise<void> {
  const waits = await base.owner<{ ms: number }[]>`
    select (extract(epoch from digest.created_at - session.opened_at) * 1000)::int as ms
    from digest join review on review.id = digest.review_id join session on session.id = review.session_id`;
  const ms = waits.map((row) => row.ms);
  const seconds = (share: number) => (percentile(ms, share) / 1000).toFixed(1);
  const { heard } = await balanceOf(victims);
  const kills = victimNames.map((name) => `${name} ${victims[name].kills}`).join(", ");
  terminal.line(`
${minutes} minutes; killed: ${kills}; all had ended ${Math.round(settledMs / 1000)} s after the load
events      ${load.acknowledged.length} acknowledged, ${load.pictured.length} of them with pictures; ${heard} of the gateway; ${load.reads} reads
event to digest   P50 ${seconds(0.5)} s, P95 ${seconds(0.95)} s, at most ${seconds(1)} s
ledger      ${watched.every(({ balanced }) => balanced) ? `balanced at each of ${watched.length} minutes, and at the end` : "NOT balanced"}
memory, MiB, by minute (the processes begin anew when they are killed)
${victimNames.map((name) => `  ${name.padEnd(18)}${watched.map(({ memory }) => String(Math.round(memory[name] / MIB)).padStart(6)).join("")}`).join("\n")}
lost or doubled   ${faults.length === 0 ? "none" : `\n  ${faults.slice(0, 20).join("\n  ")}`}`);
}
