/** Counts become lines that balance, or do not. Pure. */
import { type LedgerLine, LedgerNoun } from "./wire.ts";

export type Count = { noun: LedgerNoun; state: string; count: number };

/** In the order in which people read them, and whether what is in that state is still under way. */
const states: Record<LedgerNoun, Readonly<Record<string, boolean>>> = {
  // `awaiting` some of its evidence; `undecided` whether that asks for a review.
  events: { awaiting: true, undecided: true, assessed: false },
  sessions: { open: true, closed: false, joined: false },
  moments: { announced: true, ready: false, erased: false },
  reviews: { queued: true, running: true, completed: false, failed: false, cancelled: false },
  digests: { written: false },
  allowance: { claimed: true, settled: false, refunded: false },
  deliveries: { pending: true, delivered: false, failed: false, dropped: false },
};

/** A state that no row may be in counts nowhere, so that its line does not balance. */
export function addUp(counts: readonly Count[]): LedgerLine[] {
  return LedgerNoun.options.map((noun) => {
    const of = (state: string) => counts.find((one) => one.noun === noun && one.state === state)?.count ?? 0;
    const known = Object.entries(states[noun]).map(([state, isUnderWay]) => ({
      state,
      count: of(state),
      isUnderWay,
    }));
    const sum = (isUnderWay: boolean) =>
      known.reduce((total, one) => (one.isUnderWay === isUnderWay ? total + one.count : total), 0);
    const [accepted, underWay, ended] = [of("accepted"), sum(true), sum(false)];
    return { noun, accepted, underWay, ended, missing: accepted - underWay - ended, states: known };
  });
}
