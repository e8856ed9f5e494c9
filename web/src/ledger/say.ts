/** How the ledger is said. */
import type { Ledger } from "../api/contract.ts";
import { spoken } from "../words/spoken.ts";

type Noun = Ledger["lines"][number]["noun"];

const nouns: Readonly<Record<Noun, string>> = {
  events: "Events",
  sessions: "Sessions",
  moments: "Pictures",
  reviews: "Deep reviews",
  digests: "Digests",
  allowance: "Allowance",
  deliveries: "Deliveries",
};

const states: Readonly<Record<string, string>> = {
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

export const say = spoken("ledger", {
  pageTitle: "Vigil · Ledger",
  ledger: "Ledger",
  balances: "It balances",
  doesNotBalance: "It does not balance",
  figures: "The figures",
  what: "What",
  accepted: "Accepted",
  underWay: "Under way",
  ended: "Ended",
  missing: "Missing",
  readAt: (when: string) => `Read ${when}, all of it at one instant.`,
  nouns,
  /** States that do not say by themselves what they mean. */
  states,
  none: "none",
  allThere: "All that was accepted is under way or has ended. Nothing is missing.",
  doNotAddUp: (which: readonly Noun[]) =>
    `The figures of ${which.map((noun) => nouns[noun].toLowerCase()).join(", ")} do not add up.`,
  stuck: (count: number) => `${count} cannot go on by themselves.`,
  operatorKnows: "Whoever runs Vigil is told of it.",
});
