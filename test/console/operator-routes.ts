/** The operators' part of the double of the API. */
import { TierInput } from "@vigil/core/account/wire";
import { RollBackInput } from "@vigil/core/model/wire";
import { problem } from "@vigil/core/problem";
import { DisagreementAnswer } from "@vigil/core/shadow/wire";
import type { Operated } from "./operator-fixtures.ts";

/** @param path as in `/operator/v1/load` */
export function operatorRoutes(data: Operated, path: string, body: unknown, query: URLSearchParams): unknown {
  const [, , , noun, id, verb] = path.split("/");
  const list = <Item>(items: Item[]) => ({ items, nextCursor: null });
  if (noun === "load") return { ...data.load, deadLetters: data.deadLetters.length };
  if (noun === "ledger") return data.ledger;
  if (noun === "traces") return data.traces;
  if (noun === "dead-letters") return list(data.deadLetters);
  if (noun === "reviews" && verb === "redrive") {
    data.deadLetters = data.deadLetters.filter(({ reviewId }) => reviewId !== id);
    return {};
  }
  if (noun === "accounts" && verb === "tier") {
    const { tier } = TierInput.parse(body);
    data.accounts = data.accounts.map((account) => (account.id === id ? { ...account, tier } : account));
    return {};
  }
  if (noun === "models" && id === "roll-backs") {
    const { after } = RollBackInput.parse(body);
    if (after !== data.models.lastDecision) throw problem("model-moved-on", "another decision came first");
    const [last] = data.models.decisions;
    data.models = { ...data.models, current: last?.before ?? null, lastDecision: after + 1 };
    return data.models;
  }
  if (noun === "models") return data.models;
  if (noun === "experiments" && verb === "disagreements" && body !== undefined) {
    const { right } = DisagreementAnswer.parse(body);
    data.disagreements = [];
    data.experiments = data.experiments.map((one) => (right === "a" ? { ...one, wins: one.wins + 1 } : one));
    return data.experiments[0];
  }
  if (noun === "experiments" && verb === "disagreements") return { items: data.disagreements, openMax: 20 };
  if (noun === "experiments") return { items: data.experiments };
  const words = query.get("words")?.toLowerCase() ?? "";
  if (noun === "accounts") {
    return list(data.accounts.filter(({ name }) => name.toLowerCase().includes(words)));
  }
  throw problem("not-found", `no ${noun}`);
}
