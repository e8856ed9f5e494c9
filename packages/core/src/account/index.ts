/** Accounts: tenants with a tier and a time zone. */
import { eq } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import { problem } from "../problem.ts";
import { account } from "./account.sql.ts";
import { type QuietWindow, quietWindow } from "./quiet-window.ts";

export { describeOvernight } from "./describe-overnight.ts";
export { heldAfter, keptDays, listPastKeeping, type PastKeeping, picturesDaysOf } from "./kept-pictures.ts";
export { listOperated } from "./operated.ts";
export { toMinutes, toQuietHours } from "./quiet-hours.ts";
export { endsAt, latestQuiet, nextEnd, type QuietTime } from "./quiet-window.ts";

export type Account = typeof account.$inferSelect;

/** @throws `not-found` */
export async function get(tx: Tx, id: string): Promise<Account> {
  const [found] = await tx.select().from(account).where(eq(account.id, id));
  if (!found) throw problem("not-found", `no account ${id}`);
  return found;
}

export async function record(
  tx: Tx,
  opened: Pick<Account, "id" | "name" | "tier" | "timeZone">,
): Promise<void> {
  await tx.insert(account).values(opened);
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

/** Changes settings of an account that the transaction has locked. */
export async function change(
  tx: Tx,
  id: string,
  settings: Partial<
    Pick<
      Account,
      | "tier"
      | "timeZone"
      | "quotaStretched"
      | "quietFromMinute"
      | "quietUntilMinute"
      | "summaryDueAt"
      | "picturesDays"
      | "picturesHeldDays"
      | "picturesHeldUntil"
      | "labels"
      | "modelTrials"
    >
  >,
): Promise<Account> {
  const [changed] = await tx.update(account).set(settings).where(eq(account.id, id)).returning();
  if (!changed) throw problem("not-found", `no account ${id}`);
  return changed;
}

/** The quiet hours of an account; null where alerts never wait. */
export function quietWindowOf({ quietFromMinute, quietUntilMinute, timeZone }: Account): QuietWindow | null {
  return quietWindow(quietFromMinute, quietUntilMinute, timeZone);
}
