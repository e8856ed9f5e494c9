/** What a source's last days say of it, and what follows. Pure. */
import { shareInterval } from "../interval.ts";
import { source as limits } from "../limits.ts";
import { Fault, type Share, type SourceState } from "./wire.ts";

/** How many of how many, for each fault. */
export type Counts = Record<Fault, { found: number; of: number }>;

export const nothingCounted: Counts = {
  "off-topic": { found: 0, of: 0 },
  duplicates: { found: 0, of: 0 },
  broken: { found: 0, of: 0 },
};

export function sharesOf(counts: Counts): Share[] {
  return Fault.options.map((fault) => {
    const { found, of } = counts[fault];
    const { probation: probationFrom, blocked: blockedFrom } = limits.faults[fault];
    return { fault, found, of, ...shareInterval(found, of), probationFrom, blockedFrom };
  });
}

/** Only what so many tell that chance does not explain it: 2 of 5 say nothing. */
function beyond(shares: readonly Share[], limit: "probationFrom" | "blockedFrom"): Share[] {
  return shares.filter((share) => share.of >= limits.judgedMin && share.low > share[limit]);
}

export type Standing = { state: SourceState; since: Date };
export type Rated = { state: SourceState; reasons: Share[] };

/**
 * Where it is next, by what was counted since it came into its state (of 30 days at most). It comes into probation when a share is
 * surely above its limit, and leaves it when all are surely below, or when 30 days brought nothing against it: what lies between
 * changes nothing. Only from probation is it blocked, and by what came after that. After 7 days it is on probation again.
 * @returns undefined: it stays as it is
 */
export function rate({ state, since }: Standing, counts: Counts, now: Date): Rated | undefined {
  const shares = sharesOf(counts);
  const age = now.getTime() - since.getTime();
  if (state === "blocked") return age >= limits.blockedMs ? { state: "probation", reasons: [] } : undefined;
  if (state === "trusted") {
    const reasons = beyond(shares, "probationFrom");
    return reasons.length > 0 ? { state: "probation", reasons } : undefined;
  }
  const reasons = beyond(shares, "blockedFrom");
  if (reasons.length > 0) return { state: "blocked", reasons };
  const isBetter = counts["off-topic"].of >= limits.judgedMin && shares.every(isBelow);
  const isOver = age >= limits.windowMs && beyond(shares, "probationFrom").length === 0;
  return isBetter || isOver ? { state: "trusted", reasons: [] } : undefined;
}

function isBelow({ of, high, probationFrom }: Share): boolean {
  return of === 0 || high < probationFrom;
}

/** When time alone leads on. */
export function wayBackAt({ state, since }: Standing): Date | null {
  const after = { trusted: null, probation: limits.windowMs, blocked: limits.blockedMs }[state];
  return after === null ? null : new Date(since.getTime() + after);
}

/** Whether the first pictures of a run are so bad that the rest is not looked at. */
export function isOffTopic({ found, of }: { found: number; of: number }): boolean {
  return of >= limits.judgedMin && shareInterval(found, of).low > limits.faults["off-topic"].probation;
}
