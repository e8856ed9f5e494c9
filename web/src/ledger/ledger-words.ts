/** How the ledger is said. */

import type { Ledger } from "../api/contract.ts";
import { say } from "./say.ts";

type Noun = Ledger["lines"][number]["noun"];

export function nounOf(noun: Noun): string {
  return say.nouns[noun];
}

function stateOf(state: string): string {
  return say.states[state] ?? state;
}

/** Those that there are, in words: `2 on their way, 117 delivered`. */
export function statesOf(line: Ledger["lines"][number], which: "under way" | "ended"): string {
  const wanted = line.states.filter(
    ({ count, isUnderWay }) => count !== 0 && isUnderWay === (which === "under way"),
  );
  return wanted.map(({ state, count }) => `${count} ${stateOf(state)}`).join(", ") || say.none;
}

export function verdictOf({
  balanced,
  lines,
  faults,
}: Pick<Ledger, "balanced" | "lines"> & { faults: unknown[] }): string {
  if (balanced) return say.allThere;
  const missing = lines.filter((line) => line.missing !== 0).map((line) => line.noun);
  const where = missing.length > 0 ? say.doNotAddUp(missing) : "";
  const stuck = faults.length > 0 ? say.stuck(faults.length) : "";
  return [where, stuck, say.operatorKnows].filter((part) => part !== "").join(" ");
}
