/** One happening from its first alarm to its end: told when it opens, when it worsens, and when it clears. */
import { rank } from "@vigil/core/level";
import type { Verdict } from "./decide.ts";

export type Told = { episode: string; state: "opened" | "raised" | "cleared"; verdict: Verdict };

export type Episode = {
  /** Takes the verdict of now; what is to be told, if anything. */
  take: (verdict: Verdict | undefined, monotonicMs: number) => Told | undefined;
  readonly open: { episode: string; verdict: Verdict } | undefined;
};

export function createEpisode(clearSeconds: number, newName: () => string): Episode {
  let open: { episode: string; verdict: Verdict } | undefined;
  let lastMs = 0;
  return {
    take(verdict, monotonicMs) {
      if (verdict) {
        lastMs = monotonicMs;
        if (!open) {
          open = { episode: newName(), verdict };
          return { ...open, state: "opened" };
        }
        const worse =
          rank(verdict.level) > rank(open.verdict.level) || verdict.sources > open.verdict.sources;
        if (!worse || rank(verdict.level) < rank(open.verdict.level)) return undefined;
        open = { episode: open.episode, verdict };
        return { ...open, state: "raised" };
      }
      if (!open || monotonicMs - lastMs < clearSeconds * 1_000) return undefined;
      const told: Told = { ...open, state: "cleared" };
      open = undefined;
      return told;
    },
    get open() {
      return open;
    },
  };
}
