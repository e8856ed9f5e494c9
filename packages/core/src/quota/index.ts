/**
 * The allowance of an account, counted in the database. Whoever claims or gives back holds the account's row lock
 * (`Account.lock`), so the count is exact under any concurrency; the decision itself is in `decide.ts`.
 */
import { and, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { account as accounts } from "../account/account.sql.ts";
import type { Tx } from "../db/index.ts";
import * as Id from "../id.ts";
import { type Allowance, type BucketRules, tiers } from "../tiers.ts";
import { quotaDay } from "./calendar.ts";
import { claim } from "./claim.sql.ts";
import { decide, type GrantedBy, type QuotaDecision, type QuotaRequest } from "./decide.ts";
import { type Bucket, fullBucket, giveBack } from "./token-bucket.ts";

type Account = typeof accounts.$inferSelect;

export * from "./rules.ts";
export { usageOf } from "./usage.ts";

const bucketRules = findBucketRules();

function findBucketRules(): BucketRules {
  for (const { allowance } of Object.values(tiers)) {
    if (allowance.kind === "bucket") return allowance.bucket;
  }
  throw new Error("expected a tier with a token bucket in tiers.ts");
}

/** Where an account stands: what `decide` needs to know, without the question itself. */
export type Balance = Omit<QuotaRequest, "lifeSafety">;

/** The claims that count as used today. Life-safety counts nowhere. */
const charged = { none: [], daily: ["daily"], bucket: ["bucket", "overflow"] } satisfies Record<
  Allowance["kind"],
  GrantedBy[]
>;

export async function balance(tx: Tx, account: Account, now: Date): Promise<Balance> {
  const day = quotaDay({ timeZone: account.timeZone, stretched: account.quotaStretched }, now);
  const [count] = await tx
    .select({
      granted: sql<number>`count(*)::int`,
      refunded: sql<number>`(count(*) filter (where ${claim.state} = 'refunded'))::int`,
    })
    .from(claim)
    .where(
      and(
        eq(claim.accountId, account.id),
        inArray(claim.basis, charged[tiers[account.tier].allowance.kind]),
        gte(claim.claimedAt, day.start),
        lt(claim.claimedAt, day.end),
      ),
    );
  return {
    tier: account.tier,
    grantedToday: count?.granted ?? 0,
    refundedToday: count?.refunded ?? 0,
    bucket: bucketOf(account),
    now,
    day,
  };
}

/** Claims one review for the locked account, or says why not. */
export async function claimReview(
  tx: Tx,
  account: Account,
  { reviewId, lifeSafety, now }: { reviewId: string; lifeSafety: boolean; now: Date },
): Promise<QuotaDecision> {
  const decision = decide({ ...(await balance(tx, account, now)), lifeSafety });
  if (decision.kind === "refused") return decision;
  await tx.insert(claim).values({
    id: Id.create("claim"),
    accountId: account.id,
    reviewId,
    basis: decision.by,
    state: "claimed",
    claimedAt: now,
  });
  if (decision.bucket) await storeBucket(tx, account.id, decision.bucket);
  return decision;
}

/** The digest is stored: the claim is spent. Doing it again changes nothing. */
export async function settle(tx: Tx, reviewId: string, now: Date): Promise<void> {
  await end(tx, reviewId, "settled", now);
}

/**
 * The review failed: the locked account gets its allowance back, once, where it was taken from. A token goes back
 * to the bucket although the account may be of another tier by now.
 */
export async function refund(tx: Tx, account: Account, reviewId: string, now: Date): Promise<void> {
  const basis = await end(tx, reviewId, "refunded", now);
  if (basis !== "bucket") return;
  const bucket = bucketOf(account) ?? fullBucket(bucketRules, now);
  await storeBucket(tx, account.id, giveBack(bucket, bucketRules, now));
}

async function end(tx: Tx, reviewId: string, to: "settled" | "refunded", now: Date) {
  const [moved] = await tx
    .update(claim)
    .set({ state: to, endedAt: now })
    .where(and(eq(claim.reviewId, reviewId), eq(claim.state, "claimed")))
    .returning({ basis: claim.basis });
  return moved?.basis;
}

function bucketOf(account: Account): Bucket | null {
  return account.bucketTokens === null || account.bucketAt === null
    ? null
    : { tokens: account.bucketTokens, at: account.bucketAt };
}

async function storeBucket(tx: Tx, accountId: string, bucket: Bucket): Promise<void> {
  await tx
    .update(accounts)
    .set({ bucketTokens: bucket.tokens, bucketAt: bucket.at })
    .where(eq(accounts.id, accountId));
}
