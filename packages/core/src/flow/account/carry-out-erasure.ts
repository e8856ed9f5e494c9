/**
 * What has an account erased, step by step: its owners are told; the doors are closed; what it pays is cancelled; its objects
 * go, then its rows, then itself; and the receipt is sent. Each step may be done twice, so that whoever comes after a crash
 * goes on where the last one stopped.
 */
import * as Account from "../../account/index.ts";
import * as Custody from "../../custody/index.ts";
import { inAccount, type Queryable } from "../../db/index.ts";
import * as Erasure from "../../erasure/index.ts";
import type { ErasedCounts } from "../../erasure/wire.ts";
import { erasing as limits } from "../../limits.ts";
import * as Member from "../../member/index.ts";
import type { Mailer } from "../../platform/mail.ts";
import * as Subscription from "../../subscription/index.ts";
import { consolePage } from "../deliver/links.ts";
import type { Services } from "../services.ts";
import { signReceipt } from "../sign-log.ts";
import { closeDoors } from "./close-doors.ts";
import { deleteUnder, listObjects, objectKinds, prefixOf } from "./objects.ts";

/** `mailer`: undefined where this installation sends no mail; nobody is told then. */
export type ErasingServices = { services: Services; mailer: Mailer | undefined };

/**
 * Does what is due, one account after another, until there is nothing more to do now or the turn is over. Safe to run at any
 * time, twice at once, and after any crash. @returns how many steps were taken, and how many failed
 */
export async function carryOutErasures({
  services,
  mailer,
}: ErasingServices): Promise<{ steps: number; failed: number }> {
  const startMs = performance.now();
  let [steps, failed] = [0, 0];
  while (performance.now() - startMs < limits.turnMsMax) {
    const now = services.clock.now();
    const leased = await Erasure.lease(services.database.sql, { now, until: leaseFrom(now) });
    if (!leased) break;
    try {
      await step({ services, mailer }, leased);
      steps += 1;
    } catch (error) {
      failed += 1;
      // Its lease ends by itself: that is when it is tried again.
      services.log.error(
        { err: error, erasureId: leased.id },
        "a step of an erasure failed; it is tried again",
      );
    }
  }
  return { steps, failed };
}

const leaseFrom = (now: Date) => new Date(now.getTime() + limits.leaseMs);

async function step(
  { services, mailer }: ErasingServices,
  { id, accountId }: { id: string; accountId: string | null },
): Promise<void> {
  if (accountId === null) return sendReceipt({ services, mailer }, id);
  const found = await inAccount(services.database, accountId, (tx) => Erasure.find(tx));
  if (!found) return;
  if (found.announcedAt === null) return announce({ services, mailer }, accountId, found);
  if (found.state === "asked") return closeDoors(services, accountId, found);
  const paid = await endPayments(services, accountId, found);
  const counts = await eraseObjects(services, accountId, { ...found, counts: paid });
  if (counts) await eraseRows(services, accountId, { ...found, counts });
}

/** The owners are told that it is to be. Told twice after a crash: the mail has the same id. */
async function announce(
  { services, mailer }: ErasingServices,
  accountId: string,
  { id, beginsAt, tellings }: Erasure.Erasure,
): Promise<void> {
  const { name, owners } = await inAccount(services.database, accountId, async (tx, sql) => ({
    name: (await Account.get(tx, accountId)).name,
    owners: await Member.listOwners(sql),
  }));
  const page = consolePage(services, "settings");
  const told = { kind: "asked", accountName: name, beginsAt, page } as const;
  const sent = await send({ services, mailer }, owners, { id, told });
  const now = services.clock.now();
  // Who cannot be told does not keep the account from being erased when it is time.
  const isOver = sent || tellings + 1 >= limits.tellingsMax || beginsAt <= now;
  await inAccount(services.database, accountId, (tx) =>
    Erasure.change(tx, id, "asked", {
      announcedAt: isOver ? now : null,
      nextAt: isOver ? beginsAt : new Date(Math.min(now.getTime() + limits.tellAgainMs, beginsAt.getTime())),
      tellings: isOver ? 0 : tellings + 1,
    }),
  );
}

async function sendReceipt({ services, mailer }: ErasingServices, id: string): Promise<void> {
  const found = await Erasure.findById(services.database.sql, id);
  if (!found?.doneAt || found.note === null || found.tellTo === null) return;
  const { doneAt, note, tellings } = found;
  const readers = await Erasure.listReaders(services.database.sql, id);
  const page = consolePage(services, `erasure#${id}`);
  const sent = await send({ services, mailer }, readers, {
    id,
    told: { kind: "erased", doneAt, note, page },
  });
  const isOver = sent || tellings + 1 >= limits.tellingsMax;
  const again = isOver ? null : new Date(services.clock.now().getTime() + limits.tellAgainMs);
  await Erasure.noteTold(services.database.sql, id, again);
}

/** @returns whether all of them were told */
async function send(
  { services, mailer }: ErasingServices,
  readers: readonly Erasure.Reader[],
  { id, told }: { id: string; told: Parameters<typeof Erasure.writeErasureMail>[1]["told"] },
): Promise<boolean> {
  if (!mailer) return true;
  const { consoleOrigin: origin } = services.telling;
  const outcomes = await Promise.allSettled(
    readers.map((reader) => mailer.send(Erasure.writeErasureMail(reader, { id, origin, told }))),
  );
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) {
    services.log.warn({ err: failed.reason, erasureId: id }, "a mail of an erasure could not be sent");
  }
  return failed === undefined;
}

/** What is paid for is cancelled, and no page on which something could be bought stays open. */
async function endPayments(
  { database, payments, log }: Services,
  accountId: string,
  { id, counts }: Pick<Erasure.Erasure, "id" | "counts">,
): Promise<ErasedCounts> {
  const { open, checkout } = await inAccount(database, accountId, async (tx) => ({
    open: await Subscription.listOpen(tx),
    checkout: await Subscription.findCheckout(tx),
  }));
  if (open.length === 0 && checkout === undefined) return counts;
  if (payments === null) {
    if (open.length > 0) {
      log.error({ accountId, subscriptions: open.length }, "what is paid for cannot be cancelled from here");
    }
    const left = { ...counts, subscriptionsLeft: open.length };
    await inAccount(database, accountId, (tx) => Erasure.change(tx, id, "erasing", { counts: left }));
    return left;
  }
  if (checkout !== undefined) await payments.closeCheckout(checkout);
  for (const subscription of open) await payments.cancel(subscription.id);
  const cancelled = { ...counts, subscriptions: counts.subscriptions + open.length };
  // In one transaction: what is counted as cancelled is not counted again.
  await inAccount(database, accountId, async (tx) => {
    await Subscription.forgetAll(tx);
    await Erasure.change(tx, id, "erasing", { counts: cancelled });
  });
  return cancelled;
}

/** @returns what has gone by now; undefined when somebody else is at it */
async function eraseObjects(
  services: Services,
  accountId: string,
  { id, counts: before }: Pick<Erasure.Erasure, "id" | "counts">,
): Promise<ErasedCounts | undefined> {
  let counts = before;
  for (const kind of objectKinds) {
    const bounds = { countMax: limits.objectsAtOnceMax, togetherMax: limits.objectsTogetherMax };
    const isDone = await deleteUnder(services, prefixOf(kind, accountId), bounds, async (gone) => {
      counts = {
        ...counts,
        objects: counts.objects + gone.length,
        bytes: counts.bytes + gone.reduce((sum, { bytes }) => sum + bytes, 0),
      };
      const nextAt = leaseFrom(services.clock.now());
      return (
        (await inAccount(services.database, accountId, (tx) =>
          Erasure.change(tx, id, "erasing", { counts, nextAt }),
        )) !== undefined
      );
    });
    if (!isDone) return undefined;
  }
  return counts;
}

/** Rows, some at a time, each time with how many they were; then the account itself, once nothing else is left of it. */
async function eraseRows(services: Services, accountId: string, found: Erasure.Erasure): Promise<void> {
  let counts = found.counts;
  for (;;) {
    const before = counts;
    const gone = await inAccount(services.database, accountId, async (tx, sql) => {
      // Whoever appends to the evidence log at this moment may have leaves of the account in hand.
      if (!(await Custody.lockLog(sql))) return undefined;
      const rows = await Erasure.eraseRows(sql, found.id, limits.rowsAtOnceMax);
      const nextAt = leaseFrom(services.clock.now());
      await Erasure.change(tx, found.id, "erasing", { counts: Erasure.addRows(before, rows), nextAt });
      return rows;
    });
    if (gone === undefined) return;
    if (Object.keys(gone).length === 0) break;
    counts = Erasure.addRows(before, gone);
  }
  // A job that was under way may have written in the meantime.
  for (const kind of objectKinds) {
    if ((await listObjects(services, { kind, accountId, after: null, countMax: 1 })).length > 0) return;
  }
  await inAccount(services.database, accountId, (_tx, sql) =>
    finish(services, sql, { ...found, counts }, accountId),
  );
}

async function finish(
  services: Services,
  sql: Queryable,
  { id, askedAt, closedAt, counts: before }: Erasure.Erasure,
  accountId: string,
): Promise<void> {
  if (!(await Custody.lockLog(sql))) return;
  const leaves = await Custody.shred(sql, accountId);
  const rest = await Erasure.eraseRows(sql, id, limits.rowsAtOnceMax);
  const counts = Erasure.addRows(before, leaves === 0 ? rest : { ...rest, log_leaf: leaves });
  const doneAt = services.clock.now();
  const note = await signReceipt(services, { id, askedAt, closedAt: closedAt ?? doneAt, doneAt, counts });
  // Refused by the database, and so done anew, when more than that was left.
  await Erasure.finish(sql, { id, at: doneAt, counts: Erasure.addRows(counts, { account: 1 }), note });
}
