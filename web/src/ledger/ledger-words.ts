/** How the ledger is said. */
import type { Ledger } from "../api/contract.ts";

type Noun = Ledger["lines"][number]["noun"];

const nounWords: Readonly<Record<Noun, string>> = {
  events: "Events",
  sessions: "Sessions",
  moments: "Pictures",
  reviews: "Deep reviews",
  digests: "Digests",
  allowance: "Allowance",
  deliveries: "Deliveries",
};

/** States that do not say by themselves what they mean. */
const stateWords: Readonly<Record<string, string>> = {
  awaiting: "waiting for pictures",
  undecided: "being looked into",
  announced: "not here yet",
  ready: "here",
  joined: "joined to another",
  claimed: "held by a review",
  settled: "spent",
  refunded: "given back",
  pending: "on their way",
  failed: "failed",
  dropped: "not sent on purpose",
};

export function nounOf(noun: Noun): string {
  return nounWords[noun];
}

function stateOf(state: string): string {
  return stateWords[state] ?? state;
}

/** Those that there are, in words: `2 on their way, 117 delivered`. */
export function statesOf(line: Ledger["lines"][number], which: "under way" | "ended"): string {
  const wanted = line.states.filter(
    ({ count, isUnderWay }) => count !== 0 && isUnderWay === (which === "under way"),
  );
  return wanted.map(({ state, count }) => `${count} ${stateOf(state)}`).join(", ") || "none";
}

export function verdictOf({
  balanced,
  lines,
  faults,
}: Pick<Ledger, "balanced" | "lines"> & { faults: unknown[] }): string {
  if (balanced) return "All that was accepted is under way or has ended. Nothing is missing.";
  const missing = lines.filter((line) => line.missing !== 0).map((line) => nounOf(line.noun).toLowerCase());
  const where = missing.length > 0 ? `The figures of ${missing.join(", ")} do not add up.` : "";
  const stuck = faults.length > 0 ? `${faults.length} cannot go on by themselves.` : "";
  return [where, stuck, "Whoever runs Vigil is told of it."].filter((part) => part !== "").join(" ");
}
