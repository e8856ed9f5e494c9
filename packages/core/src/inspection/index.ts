/** Inspections: what a model saw in bytes of an account, kept by content, model and policy. */
import type { Queryable } from "../db/index.ts";
import type { inspection } from "./inspection.sql.ts";

export type Inspection = Omit<typeof inspection.$inferSelect, "embedding"> & {
  /** In base64. */
  embedding: string | null;
};

/** The first one stays: equal bytes were seen the same, or nearly. */
export async function record(sql: Queryable, inspections: readonly Inspection[]): Promise<void> {
  if (inspections.length === 0) return;
  await sql`insert into inspection (account_id, sha256, model_sha256, policy_hash, outcome, detections, hash, embedding, reason, inspected_at)
    select x."accountId", x.sha256, x."modelSha256", x."policyHash", x.outcome, x.detections, x.hash, decode(x.embedding, 'base64'), x.reason, x."inspectedAt"
    from jsonb_to_recordset(${JSON.stringify(inspections)}::jsonb) as x ("accountId" text, sha256 text, "modelSha256" text,
      "policyHash" text, outcome text, detections jsonb, hash text, embedding text, reason text, "inspectedAt" timestamptz)
    on conflict do nothing`;
}

/** Of a consent that was withdrawn, `countMax` at most; what was seen in the pictures stays. @returns how many */
export async function eraseEmbeddings(sql: Queryable, consentId: string, countMax: number): Promise<number> {
  const [row] = await sql<
    { gone: number }[]
  >`select erase_embeddings(${consentId}, ${countMax})::int as gone`;
  return row?.gone ?? 0;
}
