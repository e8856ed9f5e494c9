/** What says that an account was erased, and holds nothing of it: how much went, and when. Pure. */
import type { ErasedCounts } from "./wire.ts";

/**
 * The text of a C2SP signed note (https://c2sp.org/signed-note), which its signature follows.
 * @param origin of which installation; what else is signed with the same key begins with another word
 */
export function writeReceipt(receipt: {
  origin: string;
  id: string;
  askedAt: Date;
  closedAt: Date;
  doneAt: Date;
  counts: ErasedCounts;
}): string {
  const { origin, id, askedAt, closedAt, doneAt, counts } = receipt;
  const { objects, bytes, rows, subscriptions, subscriptionsLeft } = counts;
  const names = Object.keys(rows).toSorted();
  const lines = [
    origin,
    `erasure ${id}`,
    `asked ${askedAt.toISOString()}`,
    `closed ${closedAt.toISOString()}`,
    `done ${doneAt.toISOString()}`,
    `objects ${objects}`,
    `bytes ${bytes}`,
    `subscriptions-cancelled ${subscriptions}`,
    `subscriptions-left ${subscriptionsLeft}`,
    ...names.map((name) => `rows ${name} ${rows[name] ?? 0}`),
  ];
  return `${lines.join("\n")}\n`;
}
