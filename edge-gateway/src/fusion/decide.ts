/** From what each source says to one verdict: pure, so that every verdict can be made again from its evidence. */
import type { Level } from "@vigil/core/level";
import type { AlarmKind } from "../sensing-words.ts";
import type { FusionRules } from "./rules.ts";
import { type Source, sources, type ThreatRow } from "./threat-matrix.ts";

/** 1: active, 2: decisive. `strength` is 0 to 1. A source that says nothing is not listed. */
export type Said = { source: Source; state: 1 | 2; strength: number };

export type Verdict = {
  threat: string;
  kind: AlarmKind;
  level: Level;
  probability: number;
  mitigations: readonly string[];
  sources: number;
};

/** Undefined: no row of the matrix applies. `said` holds each source at most once. */
export function decide(said: readonly Said[], rules: FusionRules): Verdict | undefined {
  if (said.length === 0) return undefined;
  const row = rules.matrix.find((candidate) => applies(candidate, said));
  if (!row) return undefined;
  const { threat, kind, level, mitigations } = row;
  return { threat, kind, level, mitigations, probability: probabilityOf(said, rules), sources: said.length };
}

function applies({ needs, sourcesMin }: ThreatRow, said: readonly Said[]): boolean {
  if (said.length < sourcesMin) return false;
  return sources.every((source) => {
    const need = needs[source];
    if (need === undefined) return true;
    const state = said.find((one) => one.source === source)?.state ?? 0;
    return state >= (need === "decisive" ? 2 : 1);
  });
}

/** Independent evidence adds up as the chance that not all of it is wrong; never above 1. */
function probabilityOf(said: readonly Said[], { weights }: FusionRules): number {
  let wrong = 1;
  for (const { source, state, strength } of said) {
    const weight = state === 2 ? Math.max(weights[source], 0.9) : weights[source];
    wrong *= 1 - weight * strength;
  }
  return 1 - wrong;
}
