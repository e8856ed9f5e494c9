/** A subscription changed: the account's tier follows, at once. */
import * as Account from "../../account/index.ts";
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
    return await inAccount(services.database, accountId, async (tx) => {
      const account = await Account.lock(tx, accountId);
      const at = services.clock.now();
      const taken = await Subscription.take(tx, notice, at);
      if (taken === "known" || taken === "stale") return taken;
      if (taken.before === taken.after) return "kept";
      await setTier(tx, account, { tier: taken.after, actor: `stripe ${eventId}`, at });
      return "changed";
    });
  } catch (error) {
    if (error instanceof Problem && error.code === "not-found") return "unknown-account";
    throw error;
  }
}
