/** What was done in the account, and by whom, as its members read it. */
import { desc, inArray, lt } from "drizzle-orm";
import { audit } from "../../audit/audit.sql.ts";
import type { AuditEntry } from "../../audit/wire.ts";
import { inAccount } from "../../db/index.ts";
import { device } from "../../device/device.sql.ts";
import { member } from "../../member/member.sql.ts";
import { type Page, type PageRequest, pageOf } from "../../page.ts";
import type { Services } from "../services.ts";

export async function listAudit(
  services: Services,
  { accountId, limit, before }: PageRequest & { accountId: string },
): Promise<Page<AuditEntry>> {
  return inAccount(services.database, accountId, async (tx) => {
    const rows = await tx
      .select()
      .from(audit)
      .where(before === undefined ? undefined : lt(audit.id, before))
      .orderBy(desc(audit.id))
      .limit(limit + 1);
    const ids = [...new Set(rows.flatMap(({ actor, subject }) => [actor, subject]))];
    // Those who were removed have a name still.
    const [members, devices] = await Promise.all([
      tx.select({ id: member.id, name: member.name }).from(member).where(inArray(member.id, ids)),
      tx.select({ id: device.id, name: device.name }).from(device).where(inArray(device.id, ids)),
    ]);
    const names = new Map([...members, ...devices].map(({ id, name }) => [id, name]));
    const entries = rows.map(({ id, at, actor, action, subject, detail }) => ({
      id,
      at: at.toISOString(),
      actor,
      actorName: names.get(actor) ?? null,
      action,
      subject,
      subjectName: names.get(subject) ?? null,
      detail,
    }));
    return pageOf(entries, limit);
  });
}
