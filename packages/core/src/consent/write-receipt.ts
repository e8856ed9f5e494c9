/** What says that all that was stored under a consent has gone: how much, and when. Pure. */
import type { ConsentKind, WithdrawnCounts } from "./wire.ts";

export type ReceiptOfConsent = {
  /** Of which installation; what else is signed with the same key begins with another word. */
  origin: string;
  id: string;
  siteId: string;
  kind: ConsentKind;
  withdrawnAt: Date;
  erasedAt: Date;
  counts: WithdrawnCounts;
};

/** The text of a C2SP signed note (https://c2sp.org/signed-note), which its signature follows. */
export function writeConsentReceipt(receipt: ReceiptOfConsent): string {
  const { origin, id, siteId, kind, withdrawnAt, erasedAt, counts } = receipt;
  const lines = [
    origin,
    `consent ${id}`,
    `site ${siteId}`,
    `kind ${kind}`,
    `withdrawn ${withdrawnAt.toISOString()}`,
    `erased ${erasedAt.toISOString()}`,
    ...Object.entries(counts).map(([name, count]) => `${name} ${count}`),
  ];
  return `${lines.join("\n")}\n`;
}
