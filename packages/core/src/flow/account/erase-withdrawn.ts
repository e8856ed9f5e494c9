/**
 * What was stored under a consent that was withdrawn goes: out of what workers reported, out of what digests say of it and are
 * found by, out of what was told of them, out of inspections, and with every archive that may hold it. Each step may be done
 * twice, so that whoever comes after a crash goes on where the last one stopped. Pictures stay.
 */
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import * as Consent from "../../consent/index.ts";
import type { WithdrawnCounts } from "../../consent/wire.ts";
import * as Custody from "../../custody/index.ts";
import { inAccount, type Queryable, type Tx } from "../../db/index.ts";
import * as Delivery from "../../delivery/index.ts";
import * as Digest from "../../digest/index.ts";
import * as Export from "../../export/index.ts";
import * as Inspection from "../../inspection/index.ts";
import { erasing, withdrawing as limits } from "../../limits.ts";
import * as Review from "../../review/index.ts";
import { topicOf } from "../deliver/tell-digest.ts";
import { retellDigest } from "../review/write-digest.ts";
import type { Services } from "../services.ts";
import { signConsentReceipt } from "../sign-log.ts";
import { deleteUnder, prefixOf } from "./objects.ts";

/**
 * Does what is due, one consent after another, until there is nothing more to do now or the turn is over. Safe to run at any
 * time, twice at once, and after any crash. @returns how many have ended, and how many failed
 */
export async function eraseWithdrawn(services: Services): Promise<{ erased: number; failed: number }> {
  const startMs = performance.now();
  const isOver = () => performance.now() - startMs > limits.turnMsMax;
  let [erased, failed] = [0, 0];
  while (!isOver()) {
    const now = services.clock.now();
    const leased = await Consent.lease(services.database.sql, { now, until: leaseFrom(now) });
    if (!leased) break;
    try {
      if (await erase(services, leased, isOver)) erased += 1;
    } catch (error) {
      failed += 1;
      // Its lease ends by itself: that is when it is tried again.
      services.log.error({ err: error, consentId: leased.id }, "what was withdrawn could not be erased yet");
    }
  }
  return { erased, failed };
}

const leaseFrom = (now: Date) => new Date(now.getTime() + limits.leaseMs);

type Step = { services: Services; tx: Tx; sql: Queryable; found: Consent.Consent };

/** @returns whether all of it has gone; what has not is left to the next turn */
async function erase(
  services: Services,
  { id, accountId }: { id: string; accountId: string },
  isOver: () => boolean,
): Promise<boolean> {
  /** One step, and what it has taken, in one transaction. */
  const take = async (work: (step: Step) => Promise<Took>): Promise<Took["after"]> =>
    inAccount(services.database, accountId, async (tx, sql) => {
      await Account.lock(tx, accountId);
      const found = await Consent.findWithdrawn(tx, id);
      if (!found) return "next";
      const { after, place = found.place, ...took } = await work({ services, tx, sql, found });
      const now = services.clock.now();
      const nextAt = after === "later" ? new Date(now.getTime() + limits.againMs) : leaseFrom(now);
      await Consent.note(tx, id, { place, counts: Consent.add(found.counts, took), nextAt });
      return after;
    });
  for (const work of [eraseFindings, eraseEmbeddings]) {
    for (let after = await take(work); after !== "next"; after = await take(work)) {
      if (after === "later" || isOver()) return false;
    }
  }
  // Whoever read rows before they went has written what they made of them by then.
  if (!(await hasSettled(services, accountId, id))) return false;
  await eraseArchives(services, accountId, (archives) => take(async () => ({ after: "next", archives })));
  return inAccount(services.database, accountId, (tx) => finish(services, tx, id));
}

/** @returns whether requests from before the withdrawal have ended; otherwise the next turn is when they have */
async function hasSettled({ database, clock }: Services, accountId: string, id: string): Promise<boolean> {
  return inAccount(database, accountId, async (tx) => {
    const found = await Consent.findWithdrawn(tx, id);
    if (!found?.withdrawnAt) return false;
    const settledAt = new Date(found.withdrawnAt.getTime() + erasing.settleMs);
    if (settledAt <= clock.now()) return true;
    await Consent.note(tx, id, { nextAt: settledAt });
    return false;
  });
}

/** What one step has taken. `more`: the same has more to do; `later`: somebody else is at it. `place`: the last review that it was about. */
type Took = Partial<WithdrawnCounts> & { after: "more" | "next" | "later"; place?: string | null };

async function eraseFindings({ services, tx, sql, found }: Step): Promise<Took> {
  // Whoever appends to the evidence log at this moment may have leaves of these digests in hand.
  if (!(await Custody.lockLog(sql))) return { after: "later" };
  const { siteId, place } = found;
  const reviews = await Review.listOfSite(tx, { siteId, after: place, countMax: limits.reviewsAtOnceMax });
  const account = await Account.get(tx, found.accountId);
  const took = { findings: 0, reports: 0, digests: 0, messages: 0, leaves: 0 };
  for (const review of reviews) {
    const { findings, parts } = await Digest.eraseKind(tx, review.id, found);
    if (parts.length === 0) continue;
    took.findings += findings;
    took.reports += parts.length;
    const told = await retellDigest(tx, sql, { account, found: review, now: services.clock.now() });
    if (!told) continue;
    took.digests += 1;
    took.leaves += told.leaves;
    const { id, summary } = told.digest;
    // What was told of an earlier part may have been told of what a later one had.
    const topics = (await Digest.listReports(tx, review.id)).map(({ part }) => topicOf(id, part));
    took.messages += await Delivery.keepSentences(sql, { topics, said: summary.map(({ text }) => text) });
  }
  const after = reviews.length === limits.reviewsAtOnceMax ? "more" : "next";
  return { ...took, after, place: reviews.at(-1)?.id ?? place };
}

/** Pictures of runs are of no site: what one of them has withdrawn is kept of none. */
async function eraseEmbeddings({ sql, found }: Step): Promise<Took> {
  if (found.kind !== "reidentification") return { after: "next" };
  const embeddings = await Inspection.eraseEmbeddings(sql, found.id, limits.rowsAtOnceMax);
  return { embeddings, after: embeddings === limits.rowsAtOnceMax ? "more" : "next" };
}

/** Archives that were written before have the rows as they were: of the account, and of single digests. Others may be asked for. */
async function eraseArchives(
  services: Services,
  accountId: string,
  note: (archives: number) => Promise<unknown>,
): Promise<void> {
  const written = await inAccount(services.database, accountId, async (tx) => {
    await Export.giveUpWriting(tx);
    return (await Export.list(tx)).filter(({ state }) => state === "ready");
  });
  const bounds = { countMax: erasing.objectsAtOnceMax, togetherMax: erasing.objectsTogetherMax };
  await deleteUnder(services, prefixOf("exports", accountId), bounds, async (gone) => {
    await note(gone.length);
    return true;
  });
  for (const { id } of written) await inAccount(services.database, accountId, (tx) => Export.expire(tx, id));
}

async function finish(services: Services, tx: Tx, id: string): Promise<boolean> {
  const found = await Consent.findWithdrawn(tx, id);
  if (!found?.withdrawnAt) return false;
  const { accountId, siteId, kind, withdrawnAt, counts } = found;
  const at = services.clock.now();
  const receipt = { id, siteId, kind, withdrawnAt, erasedAt: at, counts };
  await Consent.end(tx, id, { at, note: await signConsentReceipt(services, receipt) });
  const detail = { kind, ...counts };
  await Audit.record(tx, {
    accountId,
    actor: "system",
    action: "consent.erased",
    subject: siteId,
    detail,
    at,
  });
  return true;
}
