/** When a session is due to close. */

export type SessionReceipts = {
  /** When the session's first event was received: the moment at which it was opened. */
  openedAt: Date;
  /** When its latest event was received. */
  lastReceivedAt: Date;
  gapMs: number;
  lengthMsMax: number;
};

/**
 * The instant at which a session closes unless another event arrives first: `gapMs` after the last receipt, and at
 * the latest `lengthMsMax` after it was opened.
 *
 * It counts receipts, not the times at which events occurred: what a gateway kept while it was offline may have
 * happened hours ago, and its session must stay open while the burst arrives.
 */
export function closeAt({ openedAt, lastReceivedAt, gapMs, lengthMsMax }: SessionReceipts): Date {
  return new Date(Math.min(lastReceivedAt.getTime() + gapMs, openedAt.getTime() + lengthMsMax));
}
