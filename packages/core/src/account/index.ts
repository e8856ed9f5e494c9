/** Accounts: tenants with a tier and a time zone. */
import { eq } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import { problem } from "../problem.ts";
import { account } from "./account.sql.ts";

export type Account = typeof account.$inferSelect;

/** @throws `not-found` */
export async function get(tx: Tx, id: string): Promise<Account> {
  const [found] = await tx.select().from(account).where(eq(account.id, id));
  if (!found) throw problem("not-found", `no account ${id}`);
  return found;
}

/**
 * The account, locked until the transaction ends: whoever counts or changes its allowance goes through here. Rows that
 * refer to the account are written meanwhile: only another `lock` waits.
 */
export async function lock(tx: Tx, id: string): Promise<Account> {
  const [found] = await tx.select().from(account).where(eq(account.id, id)).for("no key update");
  if (!found) throw problem("not-found", `no account ${id}`);
  return found;
}
