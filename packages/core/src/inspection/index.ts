/** Inspections: what a model saw in bytes of an account, kept by content, model and policy. */
import { part, type Queryable } from "../db/index.ts";
import type { inspection } from "./inspection.sql.ts";

export type Inspection = typeof inspection.$inferSelect;

/**
 * Joins `n`, what was seen in the item `i` of the run `r`, if anything was. Looked up item by item: no plan ever reads all that
 * an account has had inspected to answer for a page of it.
 */
export const ofItem = part`left join lateral (select s.outcome, s.detections, s.hash, s.reason from inspection s
  where s.account_id = i.account_id and s.sha256 = i.sha256
    and s.model_sha256 = r.model ->> 'sha256' and s.policy_hash = r.policy_hash limit 1) n on true`;

/** The first one stays: equal bytes were seen the same, or nearly. */
export async function record(sql: Queryable, inspections: readonly Inspection[]): Promise<void> {
  if (inspections.length === 0) return;
  await sql`insert into inspection (account_id, sha256, model_sha256, policy_hash, outcome, detections, hash, reason, inspected_at)
    select x."accountId", x.sha256, x."modelSha256", x."policyHash", x.outcome, x.detections, x.hash, x.reason, x."inspectedAt"
    from jsonb_to_recordset(${JSON.stringify(inspections)}::jsonb) as x ("accountId" text, sha256 text, "modelSha256" text,
      "policyHash" text, outcome text, detections jsonb, hash text, reason text, "inspectedAt" timestamptz)
    on conflict do nothing`;
}
