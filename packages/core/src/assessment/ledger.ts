/** The running account of an assessment: every reason with its weight, in thousandths so that the sum is exact. */
import type { Reason } from "./wire.ts";

/** A reason names at most this many events: a sensor may chatter a thousand times. */
const eventIdsMax = 40;

/** A reason before its sentence is wanted: of many signals that are weighed, only the leading one is told of. */
type Entry = {
  code: string;
  thousandths: number;
  text: () => string;
  eventIds: readonly string[];
  momentIds: readonly string[];
};

export type Ledger = { readonly entries: readonly Entry[]; readonly thousandths: number };

export const empty: Ledger = Object.freeze({ entries: Object.freeze([]), thousandths: 0 });

/** Adds a reason, its weight rounded to three decimals; a weight that rounds to nothing adds nothing. */
export function add(
  ledger: Ledger,
  code: string,
  weight: number,
  text: string | (() => string),
  eventIds: readonly string[],
  momentIds: readonly string[] = [],
): Ledger {
  const thousandths = Math.round(weight * 1000);
  if (thousandths === 0) return ledger;
  const entry = {
    code,
    thousandths,
    text: typeof text === "string" ? () => text : text,
    eventIds,
    momentIds,
  };
  return { entries: [...ledger.entries, entry], thousandths: ledger.thousandths + thousandths };
}

/** The sum of all weights, which may lie outside 0..1. */
export function total(ledger: Ledger): number {
  return ledger.thousandths / 1000;
}

export function reasonsOf(ledger: Ledger): Reason[] {
  return ledger.entries.map(({ code, thousandths, text, eventIds, momentIds }) => ({
    code,
    text: text(),
    weight: thousandths / 1000,
    eventIds: eventIds.slice(0, eventIdsMax),
    ...(momentIds.length > 0 ? { momentIds: momentIds.slice(0, eventIdsMax) } : {}),
  }));
}

/** The score that follows from reasons: the sum of their weights, kept within 0..1. */
export function scoreOf(reasons: readonly Pick<Reason, "weight">[]): number {
  const thousandths = reasons.reduce((sum, reason) => sum + Math.round(reason.weight * 1000), 0);
  return Math.min(1000, Math.max(0, thousandths)) / 1000;
}
