/** Threat levels, everywhere: `low` < `standard` < `elevated` < `critical`. */
import * as z from "zod";

export const levels = ["low", "standard", "elevated", "critical"] as const;
export const Level = z
  .enum(levels)
  .meta({ id: "Level", description: "How serious it is: `low` < `standard` < `elevated` < `critical`." });
export type Level = z.infer<typeof Level>;

/** The lowest score (0..1) of each level. */
export const cutoffs = Object.freeze({
  low: 0,
  standard: 0.4,
  elevated: 0.7,
  critical: 0.9,
}) satisfies Record<Level, number>;

/** The level of a score in 0..1. */
export function ofScore(score: number): Level {
  if (score >= cutoffs.critical) return "critical";
  if (score >= cutoffs.elevated) return "elevated";
  if (score >= cutoffs.standard) return "standard";
  return "low";
}

/** 0 for `low` to 3 for `critical`: for sorting and for columns that are ordered. */
export function rank(level: Level): number {
  return levels.indexOf(level);
}

export function atLeast(level: Level, floor: Level): boolean {
  return rank(level) >= rank(floor);
}
