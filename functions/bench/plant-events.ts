/** Sites that have been there for a month, and what was reported there in the last two weeks. */
import type { Sql } from "@vigil/core/db";
import type { SeededAccount } from "@vigil/core/seed";

const assessment = {
  level: "low",
  score: 0.1,
  summary: "Movement in the garden.",
  reasons: [{ code: "type", text: "Movement.", weight: 0.1, eventIds: [] }],
  recommendation: "Nothing to do.",
  tone: "calm",
  lifeSafety: false,
};

/** Plants `count` events evenly over the accounts, five to a closed session, as the owner of the tables. */
export async function plantEvents(
  owner: Sql,
  accounts: readonly SeededAccount[],
  count: number,
): Promise<void> {
  await owner`update site set created_at = now() - interval '30 days'`;
  const judged = JSON.stringify(assessment);
  const each = Math.floor(count / accounts.length / 5);
  for (const { accountId, siteId, deviceId } of accounts) {
    await owner.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`insert into session (id, account_id, site_id, state, first_event_at, last_event_at, opened_at, last_received_at,
          closes_at, closed_at, level_rank, score, assessment)
        select 'ses_' || ${siteId} || n, ${accountId}, ${siteId}, 'closed', t, t + interval '20 seconds', t, t, t, t, 0, 0.1, ${judged}::text::jsonb
        from generate_series(1, ${each}::int) n, lateral (select now() - interval '14 days' * n / ${each}::int - interval '1 hour' as t) at`;
      await sql`insert into event (id, account_id, site_id, device_id, session_id, client_id, fingerprint, type, zone, confidence,
          attributes, reported_at, occurred_at, received_at, sealed_at, assessment)
        select 'evt_' || ${siteId} || n || '_' || m, ${accountId}, ${siteId}, ${deviceId}, 'ses_' || ${siteId} || n, 'planted-' || n || '-' || m,
          'planted', 'motion', (array['front_door', 'driveway', 'garden', 'garage'])[1 + (n + m) % 4], 0.7, '{}', t, t, t, t, ${judged}::text::jsonb
        from generate_series(1, ${each}::int) n, generate_series(0, 4) m,
          lateral (select now() - interval '14 days' * n / ${each}::int - interval '1 hour' + m * interval '4 seconds' as t) at`;
    });
  }
  await owner`analyze`;
}
