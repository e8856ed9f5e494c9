/** A subscription changed: the account's tier follows, at once. */
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount } from "../../db/index.ts";
import { Problem } from "../../problem.ts";
import * as Subscription from "../../subscription/index.ts";
import type { Services } from "../services.ts";
import { setTier } from "./change-account.ts";

/** `kept`: the subscription changed and the tier did not. `unknown-account` is nobody here. */
export type Applied = "changed" | "kept" | "known" | "stale" | "unknown-account";

/**
 * The tier changes when what the account's subscriptions amount to changes, and only then: a tier that an operator set
 * stays until the next such change.
 */
export async function applySubscription(services: Services, notice: Subscription.Notice): Promise<Applied> {
  const { accountId, eventId } = notice;
  try {
    const applied = await inAccount(services.database, accountId, async (tx) => {
      const account = await Account.lock(tx, accountId);
      const at = services.clock.now();
      const taken = await Subscription.take(tx, notice, at);
      if (taken === "known" || taken === "stale") return taken;
      if (taken.before === taken.after) return "kept";
      await setTier(services, tx, account, { tier: taken.after, actor: `stripe ${eventId}`, at });
      return "changed";
    });
    await cancelDoubled(services, notice);
    return applied;
  } catch (error) {
    if (error instanceof Problem && error.code === "not-found") return "unknown-account";
    throw error;
  }
}

/**
 * An account has one subscription: what was bought beside it is cancelled. Looked for at every notice, also at one that is
 * known: where it could not be cancelled, the provider is not answered with 200 and tells again.
 * @throws `unavailable`
 */
async function cancelDoubled(
  { database, payments, clock, log }: Services,
  { accountId, eventId }: Subscription.Notice,
): Promise<void> {
  const doubled = await inAccount(database, accountId, (tx) => Subscription.listDoubled(tx));
  for (const { id, tier } of doubled) {
    if (payments === null) {
      log.error({ accountId, id }, "an account pays twice, and there is no way from here to cancel it");
      continue;
    }
    await payments.cancel(id);
    const deed = {
      accountId,
      actor: `stripe ${eventId}`,
      action: "subscription.doubled",
      subject: accountId,
    } as const;
    await inAccount(database, accountId, (tx) =>
      Audit.record(tx, { ...deed, detail: { tier, id }, at: clock.now() }),
    );
  }
}
