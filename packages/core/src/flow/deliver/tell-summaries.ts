/** The morning summary of accounts with quiet hours: told when those hours end, once, also when the sweep was late. */
import * as Account from "../../account/index.ts";
import { inAccount } from "../../db/index.ts";
import { levels, rank } from "../../level.ts";
import { describeNight, listHappenings } from "../read/read-overnight.ts";
import type { Services } from "../services.ts";
import { consolePage } from "./links.ts";
import { tell } from "./tell.ts";

const accountsMax = 200;

/** @returns how many accounts were told */
export async function tellSummaries(services: Services): Promise<number> {
  const now = services.clock.now();
  const due = await services.database.sql<{ accountId: string }[]>`
    select account_id as "accountId" from summaries_due(${now}, ${accountsMax})`;
  let told = 0;
  for (const { accountId } of due) {
    try {
      if (await tellSummary(services, accountId)) told += 1;
    } catch (error) {
      services.log.warn(
        { err: error, accountId },
        "a morning summary could not be told; the next sweep tries again",
      );
    }
  }
  return told;
}

/** Tells of the quiet time that was due and notes when the next one ends. */
async function tellSummary(services: Services, accountId: string): Promise<boolean> {
  const now = services.clock.now();
  return inAccount(services.database, accountId, async (tx) => {
    const account = await Account.lock(tx, accountId);
    const window = Account.quietWindowOf(account);
    const dueAt = account.summaryDueAt;
    if (dueAt === null || dueAt > now) return false;
    const next = window === null ? undefined : Account.nextEnd(window, dueAt);
    await Account.change(tx, accountId, { summaryDueAt: next ?? null });
    const quiet = Account.latestQuiet(window, dueAt);
    if (!quiet) return false;
    const happened = await listHappenings(tx, quiet);
    if (happened.length === 0) return false;
    const level = levels[Math.max(...happened.map((item) => rank(item.level)))] ?? "low";
    const told = await tell(
      tx,
      account,
      {
        kind: "summary",
        subject: accountId,
        version: quiet.end.toISOString(),
        level,
        urgent: true,
        isLate: false,
        site: null,
        say: (language) => {
          const { headline, sentences } = describeNight(happened, { account, quiet, now, language });
          return { title: headline, summary: sentences };
        },
        zones: [],
        seen: {},
        thread: `${accountId}:${quiet.end.toISOString()}`,
        occurredAt: quiet.start,
        links: { console: consolePage(services, ""), api: "/v1/digests/overnight" },
      },
      { now },
    );
    return told > 0;
  });
}
