/** An allowance that is used up is told once a day, in the transaction that takes the last of it. */
import type * as Account from "../../account/index.ts";
import type { Tx } from "../../db/index.ts";
import * as Quota from "../../quota/index.ts";
import type { Services } from "../services.ts";
import { consolePage } from "./links.ts";
import { tell } from "./tell.ts";

/** Goes after the claim, under the account's lock. @returns whether anybody is told */
export async function tellUsage(services: Services, tx: Tx, account: Account.Account): Promise<boolean> {
  const now = services.clock.now();
  const { reviews } = Quota.usageOf(await Quota.balance(tx, account, now));
  if (reviews.left !== 0 || reviews.resetsAt === undefined) return false;
  const told = await tell(
    tx,
    account,
    {
      kind: "usage",
      subject: account.id,
      version: reviews.resetsAt,
      level: "low",
      urgent: false,
      isLate: false,
      site: null,
      title: `Today's ${reviews.limit} deep reviews are used up`,
      summary: [
        "Every event is still assessed at once, and life-safety is still reviewed, beyond every limit.",
        "Other sessions keep their assessment until the allowance begins anew.",
      ],
      zones: [],
      seen: {},
      recommendation: null,
      thread: `${account.id}:${reviews.resetsAt}`,
      occurredAt: now,
      links: { console: consolePage(services, ""), api: "/v1/usage" },
    },
    { now },
  );
  return told > 0;
}
