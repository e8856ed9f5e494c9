/** Places of an account. */
import { eq, inArray } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import { problem } from "../problem.ts";
import { site } from "./site.sql.ts";

export { measureTraffic } from "./traffic.ts";

export async function record(tx: Tx, added: { id: string; accountId: string; name: string }): Promise<void> {
  await tx.insert(site).values(added);
}

/** @throws `not-found` */
export async function get(tx: Tx, id: string): Promise<{ id: string; name: string }> {
  const [found] = await tx.select({ id: site.id, name: site.name }).from(site).where(eq(site.id, id));
  if (!found) throw problem("not-found", `no site ${id}`);
  return found;
}

/** @throws `invalid-body` when one of these is not a site of the transaction's account */
export async function assertOwn(tx: Tx, siteIds: readonly string[]): Promise<void> {
  if (siteIds.length === 0) return;
  const found = await tx
    .select({ id: site.id })
    .from(site)
    .where(inArray(site.id, [...siteIds]));
  const own = new Set(found.map((row) => row.id));
  const foreign = siteIds.filter((id) => !own.has(id));
  if (foreign.length === 0) return;
  throw problem("invalid-body", `there is no site ${foreign.join(", ")} in this account`, {
    errors: [{ pointer: "/siteIds", detail: `expected sites of the account, got ${foreign.join(", ")}` }],
  });
}
