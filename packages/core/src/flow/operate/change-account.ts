/** A member changes the settings of the account; an operator, or its subscription, changes its tier. */
import * as Account from "../../account/index.ts";
import type { AccountChange, AccountView } from "../../account/wire.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import { problem } from "../../problem.ts";
import * as Quota from "../../quota/index.ts";
import type { Tier } from "../../review/wire.ts";
import * as Shadow from "../../shadow/index.ts";
import { viewAccount } from "../read/read-account.ts";
import type { Services } from "../services.ts";

/**
 * A changed time zone stretches the quota day under way, so that no change starts a second one (quota/calendar.ts).
 * @throws `invalid-body` for a time zone that does not exist
 */
export async function changeAccount(
  services: Services,
  { accountId, actor }: Audit.Actor,
  change: AccountChange,
): Promise<AccountView> {
  const { timeZone, quietHours, labels, picturesDays, modelTrials } = change;
  if (timeZone !== undefined && !Quota.isTimeZone(timeZone)) {
    throw problem("invalid-body", `expected an IANA time zone such as Europe/London, got ${timeZone}`, {
      errors: [{ pointer: "/timeZone", detail: "no such time zone" }],
    });
  }
  return inAccount(services.database, accountId, async (tx) => {
    const before = await Account.lock(tx, accountId);
    if (picturesDays !== undefined) assertKept(services, before, picturesDays);
    const now = services.clock.now();
    const wanted = await Account.change(tx, accountId, {
      ...(timeZone === undefined ? {} : inZone(before, timeZone, now)),
      ...(quietHours === undefined ? {} : Account.toMinutes(quietHours)),
      ...(labels === undefined ? {} : { labels }),
      ...(picturesDays === undefined ? {} : keptFor(picturesDays)),
      ...(modelTrials === undefined ? {} : { modelTrials }),
    });
    if (modelTrials === false) await Shadow.forgetAll(tx, accountId);
    const window = Account.quietWindowOf(wanted);
    const changed = await Account.change(tx, accountId, {
      summaryDueAt: (window && Account.nextEnd(window, now)) ?? null,
    });
    const detail = {
      timeZone: changed.timeZone,
      quietHours: Account.toQuietHours(changed),
      labels: changed.labels,
      picturesDays: changed.picturesDays,
      modelTrials: changed.modelTrials,
    };
    await Audit.record(tx, {
      accountId,
      actor,
      action: "account.changed",
      subject: accountId,
      detail,
      at: now,
    });
    return viewAccount(services, tx, changed);
  });
}

/** @throws `invalid-body` for more days than the tier has */
function assertKept({ policy }: Services, { tier }: Account.Account, days: number | null): void {
  const daysMax = Account.picturesDaysOf(tier, policy.evidenceDays);
  if (days === null || days <= daysMax) return;
  throw problem("invalid-body", `expected at most ${daysMax} days, as ${tier} keeps pictures, got ${days}`, {
    errors: [{ pointer: "/picturesDays", detail: `at most ${daysMax}` }],
  });
}

/** Whoever chooses a number of days means what is kept now as well. */
function keptFor(picturesDays: number | null) {
  return picturesDays === null
    ? { picturesDays }
    : { picturesDays, picturesHeldDays: null, picturesHeldUntil: null };
}

function inZone(account: Account.Account, timeZone: string, now: Date) {
  const calendar = Quota.changeTimeZone(
    { timeZone: account.timeZone, stretched: account.quotaStretched },
    timeZone,
    now,
  );
  return { timeZone: calendar.timeZone, quotaStretched: calendar.stretched };
}

/** An operator sets the tier. @throws `not-found` */
export async function changeTier(
  services: Services,
  { accountId, actor }: Audit.Actor,
  tier: Tier,
): Promise<AccountView> {
  return inAccount(services.database, accountId, async (tx) => {
    const account = await Account.lock(tx, accountId);
    const changed = await setTier(services, tx, account, { tier, actor, at: services.clock.now() });
    return viewAccount(services, tx, changed);
  });
}

/**
 * Changes the tier of the locked account, at once. The new allowance holds from now on: what was claimed under `daily`
 * today still counts for a tier with days, and a token bucket is kept while another tier is in force, so that changing
 * to and fro mints nothing. Reviews that were granted before stay granted; one that fails is given back to
 * what it was taken from. What the tier before kept for longer is kept a while nevertheless.
 */
export async function setTier(
  { policy: { evidenceDays } }: Services,
  tx: Tx,
  account: Account.Account,
  { tier, actor, at }: { tier: Tier; actor: string; at: Date },
): Promise<Account.Account> {
  if (account.tier === tier) return account;
  const before = await Account.keptDays(tx, { id: account.id, now: at, evidenceDays });
  const isShorter = Account.picturesDaysOf(tier, evidenceDays) < before;
  const held = isShorter ? Account.heldAfter(before, at) : {};
  const changed = await Account.change(tx, account.id, { tier, ...held });
  await Audit.record(tx, {
    accountId: account.id,
    actor,
    action: "tier.changed",
    subject: account.id,
    detail: { from: account.tier, to: tier },
    at,
  });
  return changed;
}
