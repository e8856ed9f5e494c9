/** The running account of an assessment: every reason with its weight, in thousandths so that the sum is exact. */
import type { Reason } from "./wire.ts";

export type Ledger = { readonly reasons: readonly Reason[]; readonly thousandths: number };

export const empty: Ledger = Object.freeze({ reasons: Object.freeze([]), thousandths: 0 });

/** Adds a reason, its weight rounded to three decimals; a weight that rounds to nothing adds nothing. */
export function add(ledger: Ledger, code: string, weight: number, text: string, eventIds: string[]): Ledger {
  const thousandths = Math.round(weight * 1000);
  if (thousandths === 0) return ledger;
  return {
    reasons: [...ledger.reasons, { code, text, weight: thousandths / 1000, eventIds }],
    thousandths: ledger.thousandths + thousandths,
  };
}

/** The sum of all weights, which may lie outside 0..1. */
export function total(ledger: Ledger): number {
  return ledger.thousandths / 1000;
}

/** The score that follows from reasons: the sum of their weights, kept within 0..1. */
export function scoreOf(reasons: readonly Pick<Reason, "weight">[]): number {
  const thousandths = reasons.reduce((sum, reason) => sum + Math.round(reason.weight * 1000), 0);
  return Math.min(1000, Math.max(0, thousandths)) / 1000;
}
